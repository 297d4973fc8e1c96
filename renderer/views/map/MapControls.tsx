import type { ContextView } from '../../../main/contract/contexts.ts';
import { Chips } from '../../components/Chips.tsx';
import { contextLabel } from '../../components/ContextName.tsx';
import { Select } from '../../components/Select.tsx';
import { spellOut } from '../../format.ts';
import { strings } from '../../strings.ts';
import type { Grouping } from './grouping.ts';
import { GROUPINGS } from './grouping.ts';
import type { Look } from './useMapFilters.ts';
import { LOOKS } from './useMapFilters.ts';

const text = strings.map;

const ALL = '';
const LOOK_CHIPS = LOOKS.map((value) => ({ value, label: text.looks[value] }));
const GROUPING_CHOICES = GROUPINGS.map((value) => ({ value, label: text.groupings[value] }));

/** Several contexts are looked at, and a picture is of one. */
export function ContextChoice(props: {
  contexts: readonly ContextView[];
  chosen: ContextView;
  choose: (id: string) => void;
}) {
  const choices = props.contexts.map((context) => ({
    value: context.id,
    label: spellOut(contextLabel(context)),
  }));
  return <Select label={text.context} choices={choices} value={props.chosen.id} choose={props.choose} />;
}

export function NamespaceChoice(props: {
  namespaces: readonly string[];
  chosen: string | undefined;
  choose: (namespace: string | undefined) => void;
}) {
  const choices = [
    { value: ALL, label: text.allNamespaces },
    ...props.namespaces
      .filter((name) => name !== ALL)
      .map((name) => ({ value: name, label: spellOut(name) })),
  ];
  return (
    <Select
      label={text.namespace}
      choices={choices}
      value={props.chosen ?? ALL}
      choose={(namespace) => props.choose(namespace === ALL ? undefined : namespace)}
    />
  );
}

export function GroupingChoice(props: { chosen: Grouping; choose: (grouping: Grouping) => void }) {
  return (
    <Select label={text.grouping} choices={GROUPING_CHOICES} value={props.chosen} choose={props.choose} />
  );
}

export function LookChoice(props: { chosen: Look; choose: (look: Look) => void }) {
  return <Chips label={text.look} chips={LOOK_CHIPS} chosen={props.chosen} choose={props.choose} />;
}
