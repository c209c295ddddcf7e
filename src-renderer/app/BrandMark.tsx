/** The mark: a harrier seen from below, wings held in its shallow V. */
export function BrandMark() {
  return (
    <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true">
      <path
        d="M1 9c6 .2 11 2 15 7.2C20 11 25 9.2 31 9c-4.6 1.7-7.7 4.2-9.4 7.6L16 27l-5.6-10.4C8.7 13.2 5.6 10.7 1 9z"
        fill="var(--accent)"
      />
    </svg>
  );
}
