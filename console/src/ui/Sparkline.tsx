/** The shape of a trend, small and without an axis: an ornament, told by what stands beside it. */
export function Sparkline({ values, height = 36 }: { values: (number | null)[]; height?: number }) {
  const there = values.filter((value) => value !== null);
  const [least, most] = [Math.min(0, ...there), Math.max(...there)];
  const reach = most - least || 1;
  const x = (at: number) => (100 * at) / Math.max(1, values.length - 1);
  const y = (value: number) => 2 + (height - 4) * (1 - (value - least) / reach);
  let path = "";
  values.forEach((value, at) => {
    if (value !== null) path += `${path === "" || values[at - 1] === null ? "M" : "L"}${x(at).toFixed(2)} ${y(value).toFixed(2)}`;
  });
  return (
    <svg viewBox={`0 0 100 ${height}`} width="100%" height={height} preserveAspectRatio="none" aria-hidden style={{ display: "block" }}>
      <path d={path} fill="none" stroke="var(--chart-ink)" strokeWidth={1.75} strokeLinejoin="round" strokeLinecap="round" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
