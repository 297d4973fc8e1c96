/** Pages that the window may ask the system's browser to open: documentation of what it speaks about. */
const ALLOWED: readonly string[] = [
  'https://kubernetes.io/docs/',
  'https://github.com/k8snetworkplumbingwg/',
  'https://kubevirt.io/',
];

/** Whether a link goes to one of the pages above. Compared after parsing, so that `..` and user names do not help. */
export function isAllowedLink(link: string): boolean {
  if (!URL.canParse(link)) return false;
  const { href, username, password } = new URL(link);
  return username === '' && password === '' && ALLOWED.some((allowed) => href.startsWith(allowed));
}
