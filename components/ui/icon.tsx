/** The marks of Meridian, drawn on a 20 × 20 plate. A slot's icon fills up as the slot does. */
const drawings = {
  fits: '<circle cx="10" cy="10" r="7.2"/><path d="m6.8 10.2 2.2 2.2 4.3-4.8"/>',
  smaller:
    '<circle cx="10" cy="10" r="7.2"/><path d="M10 2.8a7.2 7.2 0 0 1 0 14.4z" fill="currentColor" stroke="none"/>',
  full: '<circle cx="10" cy="10" r="7.2" fill="currentColor"/>',
  beyond: '<circle cx="10" cy="10" r="7.2"/><path d="M6.8 10h6.4"/>',
  shorter: '<path d="M10 4v12M2 10h5m-2.2-2.2L7 10l-2.2 2.2M18 10h-5m2.2-2.2L13 10l2.2 2.2"/>',
  closed: '<path d="M3 13.5a7 7 0 0 1 14 0z"/><path d="M3 16.8h14M10 6.5v7"/>',
  held: '<path d="M5.5 3h9M5.5 17h9M6.5 3c0 4 3.5 4.5 3.5 7s-3.5 3-3.5 7M13.5 3c0 4-3.5 4.5-3.5 7s3.5 3 3.5 7"/>',
  mine: '<circle cx="10" cy="10" r="6.2"/><path d="M10 1v18"/><circle cx="10" cy="10" r="2.4" fill="currentColor" stroke="none"/>',
  running: '<circle cx="10" cy="10" r="7.2"/><path d="M8.2 6.9v6.2l5-3.1z" fill="currentColor"/>',
  preparing: '<path d="M10 2.8A7.2 7.2 0 1 1 2.8 10"/><path d="M10 6v4l2.5 2"/>',
  warning: '<path d="M10 3 2.5 16.5h15z"/><path d="M10 8v4M10 14.3v.01"/>',
  failed: '<path d="M6.8 2.5h6.4l4.3 4.3v6.4l-4.3 4.3H6.8l-4.3-4.3V6.8z"/><path d="m7.5 7.5 5 5m0-5-5 5"/>',
  lost: '<path d="M3 8a10 10 0 0 1 14 0M6 11.5a6 6 0 0 1 8 0M10 15.5v.01M3.5 16.5l13-13"/>',
  check: '<path d="m4 10.5 4 4 8-9"/>',
  cross: '<path d="m5 5 10 10M15 5 5 15"/>',
  down: '<path d="m5.5 8 4.5 4.5L14.5 8"/>',
  plus: '<path d="M10 4.5v11M4.5 10h11"/>',
  minus: '<path d="M4.5 10h11"/>',
  dot: '<circle cx="10" cy="10" r="2.2" fill="currentColor" stroke="none"/>',
  bell: '<path d="M5 13.5V9a5 5 0 0 1 10 0v4.5l1.5 1.5h-13zM8.5 17.5h3"/>',
  open: '<path d="M11.5 3.5h5v5M16.5 3.5 9 11M14.5 11.5v5h-11v-11h5"/>',
  arrow: '<path d="M3.5 10h13m-4.5-4.5L16.5 10 12 14.5"/>',
  again: '<path d="M16.5 10a6.5 6.5 0 1 1-2-4.7M16.5 2.8v3.4h-3.4"/>',
  calendar: '<path d="M3 4.5h14v12.5H3zM3 8.5h14M7 2.5v3.5M13 2.5v3.5"/>',
  sessions: '<path d="M5 2.8h10.5v14.4H5zM5 6.5H3m2 3.5H3m2 3.5H3M8.5 6.5H12"/>',
  gauge: '<path d="M3 15a7.5 7.5 0 1 1 14 0M10 12l3.5-4.5"/>',
  pencil: '<path d="m3.5 16.5.8-3.5L13 4.3l2.7 2.7L7 15.7z"/>',
  place: '<path d="M10 17.5s5.5-5 5.5-9a5.5 5.5 0 0 0-11 0c0 4 5.5 9 5.5 9z"/><circle cx="10" cy="8.3" r="1.8"/>',
  moon: '<path d="M16.5 11.8A7 7 0 1 1 8.2 3.5a5.6 5.6 0 0 0 8.3 8.3z"/>',
  person: '<circle cx="10" cy="7" r="3.2"/><path d="M3.5 17c.8-3.5 3.4-5 6.5-5s5.7 1.5 6.5 5"/>',
  notebook: '<path d="M5.5 2.8h10v14.4h-10zM3.5 6h2m-2 4h2m-2 4h2M8.8 6.5h3.6m-3.6 3h3.6"/>',
  desktop: '<path d="M2.8 3.8h14.4v9.4H2.8zM7 16.8h6M10 13.2v3.6"/>',
  carta:
    '<circle cx="10" cy="10" r="7.2"/><path d="M10 6.6c3 0 4.2 1.6 4.2 3.4S12.6 13.4 10 13.4 5.8 12 5.8 10"/><circle cx="10" cy="10" r="1.1" fill="currentColor" stroke="none"/>',
  contributed: '<path d="M3 3h6v6H3zM11 11h6v6h-6zM3 11h6v6H3zM14 3v6m-3-3h6"/>',
  firefly:
    '<path d="M10 2.5v4M10 13.5v4M2.5 10h4M13.5 10h4M5 5l2.2 2.2M12.8 12.8 15 15M15 5l-2.2 2.2M7.2 12.8 5 15"/><circle cx="10" cy="10" r="1.3" fill="currentColor" stroke="none"/>',
  headless: '<path d="M2.8 4h14.4v12H2.8zM5.8 8l2.2 2-2.2 2M10.2 12.5h3.8"/>',
  copy: '<path d="M7 6.5h9.5v10.5H7zM4 13.5V3h9.5"/>',
  key: '<circle cx="6.5" cy="13.5" r="3.5"/><path d="m9 11 7-7m-2.5 2.5 2 2"/>',
} as const;

export type IconName = keyof typeof drawings;

/** A mark beside a word; the word is what is read out. */
export function Icon({ name, className = "" }: { name: IconName; className?: string }) {
  return (
    <svg
      className={`i ${className}`}
      viewBox="0 0 20 20"
      aria-hidden="true"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: the drawings stand above, nothing comes from outside
      dangerouslySetInnerHTML={{ __html: drawings[name] }}
    />
  );
}
