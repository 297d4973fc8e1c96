/** Its keys are called otherwise. */
export const IS_MAC = /^Mac/.test(navigator.platform);
