"use client";

import { useEffect } from "react";

/** Opens the operation or schema that the address names, as a closed one would not be seen. */
export function OpenWhatIsNamed() {
  useEffect(() => {
    const open = () => {
      const named = document.getElementById(location.hash.slice(1));
      if (!(named instanceof HTMLDetailsElement)) return;
      named.open = true;
      named.scrollIntoView();
    };
    open();
    window.addEventListener("hashchange", open);
    return () => window.removeEventListener("hashchange", open);
  }, []);
  return null;
}
