"use client";

/** A page that breaks is replaced by this one under the top bar, which stays. */
export { default } from "#app/error.tsx";
