/** To the offers, wherever they stand on the page; the browser only. */
export const focusOffers = () => document.getElementById("offers-h")?.focus();
