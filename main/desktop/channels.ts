/** The two channels between a window and the main process. */
export const INVOKE_CHANNEL = 'netkeeper:invoke';
export const EVENT_CHANNEL = 'netkeeper:event';
