import { isCidr, isIpAddress, isMac } from './addresses.ts';
import { foldKey, isFloat64, isInt64 } from './go-fields.ts';
import type { JsonObject, JsonValue } from './go-json.ts';
import { readJson } from './go-json.ts';
import { quote } from './quote.ts';

/** What an annotation says of one network; "" where it says nothing. */
export interface SelectedNetwork {
  readonly namespace: string;
  readonly name: string;
  readonly interface: string;
}

export type SelectedNetworks =
  | { readonly ok: true; readonly networks: readonly SelectedNetwork[] }
  | { readonly ok: false; readonly error: string };

/**
 * Reads the JSON form of a network selection as Multus does: decoded by encoding/json into a list of
 * NetworkSelectionElement (pkg/types/types.go), then checked (parsePodNetworkAnnotation in
 * pkg/k8sclient/k8sclient.go). One bad element spoils all.
 */
export function readJsonSelection(text: string): SelectedNetworks {
  const json = readJson(text);
  if (!json.ok) return { ok: false, error: `The JSON ${json.problem}.` };
  if (json.value.kind !== 'array') return { ok: false, error: 'The JSON must be a list of networks.' };
  const networks: SelectedNetwork[] = [];
  for (const [index, element] of json.value.items.entries()) {
    // A null in the list crashes Multus; a crash is no use of a network either.
    if (element.kind !== 'object')
      return { ok: false, error: `Network ${index + 1} in the list must be an object.` };
    const problem = checkElement(element, '') ?? checkAddresses(element);
    if (problem !== undefined) return { ok: false, error: `Network ${index + 1} in the list: ${problem}.` };
    networks.push(readElement(element));
  }
  return { ok: true, networks };
}

/** Says what is wrong with a value of the field `name`, or nothing if it fits. Null fits every field. */
type Shape = (value: JsonValue, name: string) => string | undefined;

const textField: Shape = ({ kind }, name) => {
  return kind === 'string' || kind === 'null' ? undefined : `${quote(name)} must be a text`;
};

const integerField: Shape = (value, name) => {
  if (value.kind === 'null' || (value.kind === 'number' && isInt64(value.text))) return undefined;
  return `${quote(name)} must be a whole number of 64 bits`;
};

/** net.IP, which Go reads through UnmarshalText: an empty text is no address and no error. */
const addressField: Shape = (value, name) => {
  if (value.kind !== 'string') return textField(value, name);
  if (value.text === '' || isIpAddress(value.text)) return undefined;
  return `${quote(name)} holds ${quote(value.text)}, which is not an IP address`;
};

/** map[string]interface{}: anything, but no number too large for a float64, however deep inside. */
const freeField: Shape = (value, name) => {
  if (value.kind === 'null') return undefined;
  if (value.kind !== 'object') return `${quote(name)} must be an object`;
  const inside: JsonValue[] = [value];
  for (const part of inside) {
    if (part.kind === 'number' && !isFloat64(part.text)) return `${quote(name)} holds too large a number`;
    if (part.kind === 'array') for (const item of part.items) inside.push(item);
    if (part.kind === 'object') for (const member of part.members) inside.push(member.value);
  }
  return undefined;
};

function listOf(shape: Shape): Shape {
  return (value, name) => {
    if (value.kind === 'null') return undefined;
    if (value.kind !== 'array') return `${quote(name)} must be a list`;
    return firstProblem(value.items, (item) => shape(item, name));
  };
}

/** Unknown keys are ignored. Of duplicate keys the last one counts, but a wrong type in any of them is an error. */
function objectOf(shapes: Readonly<Record<string, Shape>>): Shape {
  const fields = new Map(Object.entries(shapes).map(([name, shape]) => [foldKey(name), { name, shape }]));
  return (value, name) => {
    if (value.kind === 'null') return undefined;
    if (value.kind !== 'object') return `${quote(name)} must be an object`;
    return firstProblem(value.members, (member) => {
      const field = fields.get(foldKey(member.key));
      return field?.shape(member.value, name === '' ? field.name : `${name}.${field.name}`);
    });
  };
}

function firstProblem<T>(parts: readonly T[], check: (part: T) => string | undefined): string | undefined {
  for (const part of parts) {
    const problem = check(part);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** NetworkSelectionElement, of Multus' types.go and of the network-attachment-definition-client's. */
const checkElement = objectOf({
  name: textField,
  namespace: textField,
  ips: listOf(textField),
  mac: textField,
  'infiniband-guid': textField,
  interface: textField,
  interfaceRequest: textField,
  portMappings: listOf(
    objectOf({ hostPort: integerField, containerPort: integerField, protocol: textField, hostIP: textField }),
  ),
  bandwidth: objectOf({
    ingressRate: integerField,
    ingressBurst: integerField,
    egressRate: integerField,
    egressBurst: integerField,
  }),
  deviceID: textField,
  'ipam-claim-reference': textField,
  'cni-args': freeField,
  'default-route': listOf(addressField),
});

function checkAddresses(element: JsonObject): string | undefined {
  for (const field of ['mac', 'infiniband-guid']) {
    const mac = lastText(element, field);
    if (mac !== '' && !isMac(mac)) return `"${field}" is ${quote(mac)}, which is not a hardware address`;
  }
  return firstProblem(lastTexts(element, 'ips'), (ip) => {
    if (ip.includes('/') ? isCidr(ip) : isIpAddress(ip)) return undefined;
    return `"ips" holds ${quote(ip)}, which is not an IP address`;
  });
}

function readElement(element: JsonObject): SelectedNetwork {
  return {
    namespace: lastText(element, 'namespace'),
    name: lastText(element, 'name'),
    interface: lastText(element, 'interface') || lastText(element, 'interfacerequest'),
  };
}

/** The text that a string field of a Go struct holds in the end: null leaves it as it was. */
function lastText(element: JsonObject, foldedName: string): string {
  const texts = element.members.filter(
    ({ key, value }) => value.kind === 'string' && foldKey(key) === foldedName,
  );
  const last = texts.at(-1)?.value;
  return last?.kind === 'string' ? last.text : '';
}

/**
 * The texts that a []string field of a Go struct holds in the end. A duplicate key is decoded into the array
 * that is there, where a null leaves its slot as it was, even one that a shorter list has hidden in between
 * (golang/go#21092). Only a null or an empty list in place of the whole starts anew.
 */
function lastTexts(element: JsonObject, foldedName: string): readonly string[] {
  let slots: string[] = [];
  let length = 0;
  for (const { key, value } of element.members) {
    if (foldKey(key) !== foldedName) continue;
    const items = value.kind === 'array' ? value.items : [];
    if (items.length === 0) slots = [];
    for (const [index, item] of items.entries()) {
      slots[index] = item.kind === 'string' ? item.text : (slots[index] ?? '');
    }
    length = items.length;
  }
  return slots.slice(0, length);
}
