/** The YAML reader that the program itself uses. */
export { loadYaml } from '@kubernetes/client-node';
