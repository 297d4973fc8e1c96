/**
 * Every behaviour that the in-memory API server claims to share with Kubernetes, as one suite that runs against
 * both: `describeConformance(name, makeCluster, describe?)`.
 */
import { afterAll, beforeAll, describe as describeWithVitest } from 'vitest';
import { accessTests } from './conformance/access.ts';
import { type ClusterUnderTest, makeSubject } from './conformance/cluster.ts';
import { crdTests } from './conformance/crd.ts';
import { deleteTests } from './conformance/deletes.ts';
import { formTests } from './conformance/forms.ts';
import { listTests } from './conformance/lists.ts';
import { resourceTests } from './conformance/resources.ts';
import { watchTests } from './conformance/watches.ts';
import { writeTests } from './conformance/writes.ts';

export { type ClusterUnderTest, CONFORMANCE_USERS } from './conformance/cluster.ts';

export function describeConformance(
  name: string,
  makeCluster: () => Promise<ClusterUnderTest>,
  describe: (name: string, body: () => void) => void = describeWithVitest,
): void {
  describe(name, () => {
    let cluster: ClusterUnderTest | undefined;
    const subject = makeSubject(() => {
      if (!cluster) throw new Error('The cluster has not started.');
      return cluster;
    });
    beforeAll(async () => {
      cluster = await makeCluster();
    });
    afterAll(() => cluster?.stop());

    for (const tests of [
      writeTests,
      deleteTests,
      listTests,
      formTests,
      resourceTests,
      watchTests,
      accessTests,
      crdTests,
    ]) {
      tests(subject);
    }
  });
}
