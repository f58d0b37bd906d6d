/** The mark: a dome, a star, and the meridian through it. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" fill="none" stroke="currentColor" strokeLinecap="round" aria-hidden="true">
      <circle cx="16" cy="16" r="11.5" strokeWidth="2" />
      <path d="M16 1v5.5M16 15.5V31" strokeWidth="2" />
      <path
        d="M4.8 18.5C8 13.8 11.2 11.8 12.4 11.4M27.2 18.5C24 13.8 20.8 11.8 19.6 11.4"
        strokeWidth="1.5"
        opacity=".75"
      />
      <circle cx="16" cy="11" r="2.9" fill="currentColor" stroke="none" />
    </svg>
  );
}
