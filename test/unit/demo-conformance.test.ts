import { ALL_RULES, type Rule } from '../../main/demo/api-server/access.ts';
import { startApiServer } from '../../main/demo/api-server/server.ts';
import { CONFORMANCE_USERS, describeConformance } from '../support/conformance.ts';

describeConformance('the in-memory API server', async () => {
  const rules = new Map<string, readonly Rule[]>(CONFORMANCE_USERS.map((name) => [name, []]));
  const server = await startApiServer({ users: { admin: { name: 'admin', rules: ALL_RULES } } });
  for (const name of CONFORMANCE_USERS) server.setUser(name, { name, rules: [] });
  const target = (token: string) => ({ url: server.url, token });
  return {
    admin: target('admin'),
    users: { reader: target('reader'), writer: target('writer'), stranger: target('stranger') },
    async grant(name, granted, namespace) {
      const more = granted.map((rule) => ({ ...rule, ...(namespace && { namespace }) }));
      rules.set(name, [...(rules.get(name) ?? []), ...more]);
      server.setUser(name, { name, rules: rules.get(name) ?? [] });
    },
    async finishNamespaceDeletion(name) {
      server.finishNamespaceDeletion(name);
    },
    async installNadCrd() {
      server.installNadCrd();
    },
    async removeNadCrd() {
      server.removeNadCrd();
    },
    async expireLists() {
      server.compact();
    },
    async expireWatches() {
      server.compact();
    },
    stop: () => server.close(),
  };
});
