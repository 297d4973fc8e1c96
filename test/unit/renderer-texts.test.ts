import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CLUSTER_ROLE, clusterRoleFor } from '../../renderer/components/cluster-role.ts';
import { loadYaml } from '../support/yaml.ts';

const ROOT = join(import.meta.dirname, '..', '..');

test('the ClusterRole to copy is the one of docs/permissions.md', () => {
  const page = readFileSync(join(ROOT, 'docs', 'permissions.md'), 'utf8');
  expect(page).toContain(`\`\`\`yaml\n${CLUSTER_ROLE}\`\`\``);
});

test('the ClusterRole takes names as they are typed, and nothing else with them', () => {
  const yaml = clusterRoleFor({ user: ' yes\nrules: [] ', namespace: 'storage: "x"' });
  const [, binding = ''] = yaml.split('---\n');
  expect(loadYaml(binding)).toMatchObject({
    kind: 'RoleBinding',
    metadata: { name: 'netkeeper', namespace: 'storage: "x"' },
    subjects: [{ kind: 'User', name: 'yes\nrules: []' }],
  });
});

test('the ClusterRole keeps its places for names until they are typed', () => {
  expect(clusterRoleFor({ user: ' ', namespace: undefined })).toBe(CLUSTER_ROLE);
  expect(clusterRoleFor({ user: 'ada', namespace: '' })).toContain('  namespace: NAMESPACE\n');
});

describe('contrast', () => {
  const colours = readColours(readFileSync(join(ROOT, 'renderer', 'styles', 'tokens.css'), 'utf8'));
  const surfaces = ['base', 'main', 'panel', 'hover', 'base-hover', 'chosen', 'control', 'control-hover'];
  const tinted = [...surfaces, 'amber-tint', 'red-tint'];
  const names = ['blue', 'green', 'violet', 'teal', 'pink', 'grey'];
  const pairs = [
    ...tinted.map((surface) => ['text', surface, 4.5] as const),
    ...['text-muted', 'accent', 'amber', 'red', ...names].flatMap((text) =>
      surfaces.map((surface) => [text, surface, 4.5] as const),
    ),
    ...['mark', 'mark-muted', 'control-line'].flatMap((mark) =>
      ['base', 'main', 'panel', 'hover', 'base-hover', 'chosen', 'control'].map(
        (surface) => [mark, surface, 3] as const,
      ),
    ),
    ['text', 'fresh', 4.5],
    ['accent-text', 'accent', 4.5],
    ['accent-text', 'accent-hover', 4.5],
    ['amber', 'amber-tint', 3],
    ['red', 'red-tint', 3],
  ] as const;

  test.each(['light', 'dark'] as const)('every pair of colours is far enough apart in %s', (theme) => {
    const tooClose = pairs.flatMap(([front, surface, least]) => {
      const value = contrast(colours.get(front)?.[theme], colours.get(surface)?.[theme]);
      return value < least ? [`${front} on ${surface}: ${value.toFixed(2)}`] : [];
    });
    expect(tooClose).toEqual([]);
  });
});

interface TwoColours {
  readonly light: string;
  readonly dark: string;
}

function readColours(css: string): ReadonlyMap<string, TwoColours> {
  const colours = new Map<string, TwoColours>();
  for (const [, name = '', light = '', dark = ''] of css.matchAll(
    /--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g,
  )) {
    colours.set(name, { light, dark });
  }
  return colours;
}

/** As WCAG 2.2 defines it, from 1 to 21; 0 where a colour is not known. */
function contrast(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined) return 0;
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
