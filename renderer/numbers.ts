const number = new Intl.NumberFormat('en');
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** `12,400` */
export function formatNumber(value: number): string {
  return number.format(value);
}

/** `99,999`, and `1.2M` where it would not fit into a narrow column. */
export function formatShort(value: number): string {
  return value < 100_000 ? number.format(value) : compact.format(value);
}

/** `1 pod`, `2,000 pods` */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${formatNumber(value)} ${value === 1 ? one : many}`;
}
