/** To the offers, wherever they stand on the page; the browser only. */
export const focusOffers = () => document.getElementById("offers-h")?.focus();

/** Whether the focus is lost, since what had it is gone. */
export const isNowhere = () => document.activeElement === null || document.activeElement === document.body;
