import { useEffect, useState } from 'react';
import type { NetworkView } from '../../../main/contract/networks.ts';
import { MOST_MANIFESTS } from '../../../main/contract/networks.ts';
import { contextLabel } from '../../components/ContextName.tsx';
import { saveFile } from '../../components/save-file.ts';
import { useCommand, useWindowModel } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import type { ContextLooks } from './network-columns.tsx';
import type { Format, Manifest } from './network-export.ts';
import { byContext, inPieces, toCsv, toJson, toYaml } from './network-export.ts';

/** For so long it says what was done. */
const DONE_SHOWN_MS = 5_000;
const text = strings.networks;

export interface NetworkExport {
  /** How far it is, or what was done last, in words; undefined: nothing. */
  readonly message: string | undefined;
  readonly isBusy: boolean;
  readonly copyYaml: (networks: readonly NetworkView[]) => Promise<void>;
  readonly copyNames: (networks: readonly NetworkView[]) => Promise<void>;
  readonly saveAs: (format: Format, networks: readonly NetworkView[]) => Promise<void>;
}

/** Takes networks out of the window: to the clipboard, or into a file. */
export function useNetworkExport(contexts: ContextLooks): NetworkExport {
  const command = useCommand();
  const { report } = useWindowModel();
  const [message, setMessage] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    if (isBusy || message === undefined) return;
    const timer = setTimeout(() => setMessage(undefined), DONE_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isBusy, message]);

  /** The manifests of all, asked for piece by piece; undefined if that failed, which is said already. */
  const readYaml = async (networks: readonly NetworkView[]): Promise<string | undefined> => {
    let done = 0;
    const parts: string[] = [];
    for (const [context, ofContext] of byContext(networks)) {
      const manifests: Manifest[] = [];
      for (const piece of inPieces(ofContext, MOST_MANIFESTS)) {
        if (networks.length > MOST_MANIFESTS) setMessage(text.readingManifests(done, networks.length));
        const names = piece.map(({ namespace, name }) => ({ namespace, name }));
        const reply = await command('manifests', { context, networks: names });
        if (!reply.ok) return undefined;
        manifests.push(...reply.value);
        done += piece.length;
      }
      const known = contexts.get(context);
      parts.push(toYaml(known === undefined ? context : contextLabel(known), manifests));
    }
    return parts.join('');
  };

  const nameOf = (id: string) => contexts.get(id)?.name ?? id;

  const during = async (work: () => Promise<string | undefined>): Promise<void> => {
    setBusy(true);
    setMessage(undefined);
    const done = await work();
    setMessage(done);
    setBusy(false);
  };

  const copy = async (content: string | undefined, done: string): Promise<string | undefined> => {
    if (content === undefined) return undefined;
    try {
      await navigator.clipboard.writeText(content);
      return done;
    } catch {
      report({ ok: false, code: 'clipboard', ...text.notCopied });
      return undefined;
    }
  };

  const contentOf = async (format: Format, networks: readonly NetworkView[]) => {
    switch (format) {
      case 'yaml':
        return readYaml(networks);
      case 'json':
        return toJson(networks, nameOf);
      case 'csv':
        return toCsv(networks, nameOf);
    }
  };

  return {
    message,
    isBusy,
    copyYaml: (networks) => during(async () => copy(await readYaml(networks), text.copied(networks.length))),
    copyNames: (networks) => {
      const names = networks.map(({ namespace, name }) => `${namespace}/${name}`).join('\n');
      return during(() => copy(names, text.copiedNames(networks.length)));
    },
    saveAs: (format, networks) =>
      during(async () => {
        const content = await contentOf(format, networks);
        if (content === undefined) return undefined;
        const fileName = `netkeeper-networks-${new Date().toISOString().slice(0, 10)}.${format}`;
        saveFile(fileName, content);
        return text.saved(fileName);
      }),
  };
}
