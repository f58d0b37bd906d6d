/** People's own words as they may go to a terminal: nothing in them may steer it. */
export const onOneLine = (text: string): string => text.replaceAll(/\p{C}/gu, "\uFFFD");
