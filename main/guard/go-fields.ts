/** How Go's encoding/json matches the members of a JSON object to the fields of a struct. */

/**
 * A key in the form in which two keys are equal if Go takes them for the same field: without regard to case, by
 * Unicode's simple folding. Field names are ASCII, so of all other letters only the Kelvin sign (which
 * toLowerCase makes a k) and the long s matter.
 */
export function foldKey(key: string): string {
  return key.toLowerCase().replaceAll('\u017f', 's');
}

/** Whether Go's strconv.ParseInt(text, 10, 64) takes a JSON number: no fraction, no exponent, in range. */
export function isInt64(number: string): boolean {
  if (!/^-?[0-9]{1,19}$/.test(number)) return false;
  return BigInt.asIntN(64, BigInt(number)) === BigInt(number);
}

/**
 * Whether Go's strconv.ParseFloat(text, 64) takes a JSON number: it refuses what rounds to infinity. Go keeps
 * 800 digits of the integer part, and reads no more digits of an exponent once it has reached 10,000 (strconv,
 * decimal.go and atof.go), so that some absurdly long numbers pass which are in truth too large.
 */
export function isFloat64(number: string): boolean {
  const [mantissa = '', exponent = ''] = number.replace(/^-/, '').split(/e/i);
  const [integer = '', fraction = ''] = mantissa.split('.');
  const [, sign = '', size = ''] = /^([+-]?)0*([0-9]{0,5})/.exec(exponent) ?? [];
  return Number.isFinite(Number(`${integer.slice(0, 800)}.${fraction}e${sign}0${size}`));
}
