"use client";

import { useEffect } from "react";

/** The title of the browser's tab while the component is there: it is read when the page itself is out of sight. */
export function useTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · Meridian`;
  }, [title]);
}
