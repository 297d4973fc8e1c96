import { z } from 'zod';

/**
 * Has zod check without compiling its checks: it would try `new Function`, which the content security policy refuses
 * and reports. To be imported before any schema.
 */
z.config({ jitless: true });
