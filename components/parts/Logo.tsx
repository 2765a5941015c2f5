/** Two hops that arrive and one that does not. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M3 16c1.5-7 5.5-7 7 0" />
      <path d="M10 16c1.5-7 5.5-7 7 0" />
      <circle className="dot" cx="3" cy="17" r="1.8" />
      <circle className="dot" cx="10" cy="17" r="1.8" />
      <path className="broken" d="M18.2 14.2l4 4M22.2 14.2l-4 4" />
    </svg>
  );
}
