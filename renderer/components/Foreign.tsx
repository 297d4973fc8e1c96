import { spellOut } from '../format.ts';

/** A text of a cluster, a file or a person: shown as text, whatever it holds. */
export function Foreign({ text, className = '' }: { text: string; className?: string | undefined }) {
  return (
    <bdi className={`foreign ${className}`} title={text.length > 40 ? spellOut(text) : undefined}>
      {spellOut(text)}
    </bdi>
  );
}
