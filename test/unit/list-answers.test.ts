import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../main/cluster/api.ts';
import { readPage, readStatus, readWatchEvent } from '../../main/cluster/list-answers.ts';

describe('a page of a list', () => {
  it('has items, a version and perhaps a continue token', () => {
    expect(readPage({ metadata: { resourceVersion: '7', continue: 'more' }, items: [1, 2] })).toEqual({
      items: [1, 2],
      version: '7',
      next: 'more',
    });
  });

  it('may have null for items, as an empty PartialObjectMetadataList has', () => {
    expect(readPage({ metadata: { resourceVersion: '7', continue: '' }, items: null })).toEqual({
      items: [],
      version: '7',
      next: undefined,
    });
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an array', []],
    ['no version', { metadata: {}, items: [] }],
    ['a number for a version', { metadata: { resourceVersion: 7 }, items: [] }],
    ['text for items', { metadata: { resourceVersion: '7' }, items: 'x' }],
  ])('is refused with %s', (_, answer) => {
    expect(() => readPage(answer)).toThrow(ApiError);
  });
});

describe('a watch event', () => {
  const event = (type: string, object: unknown) => JSON.stringify({ type, object });

  it.each(['ADDED', 'MODIFIED', 'DELETED'])('of type %s carries its object and version', (type) => {
    const object = { metadata: { resourceVersion: '9', name: 'x' } };
    expect(readWatchEvent(event(type, object))).toEqual({ type, object, version: '9' });
  });

  it('may be a bookmark', () => {
    expect(readWatchEvent(event('BOOKMARK', { metadata: { resourceVersion: '9' } }))).toEqual({
      type: 'BOOKMARK',
      version: '9',
    });
  });

  it.each([
    [410, 'gone'],
    [401, 'credentials'],
    [403, 'forbidden'],
    [404, 'notFound'],
    [429, 'throttled'],
    [500, 'server'],
    [0, 'server'],
  ])('of type ERROR with code %i is thrown as %s', (code, expected) => {
    const status = { kind: 'Status', code, message: 'no' };
    expect(() => readWatchEvent(event('ERROR', status))).toThrow(
      expect.objectContaining({ code: expected, message: 'no' }),
    );
  });

  it('never makes anything but an event or an ApiError of what comes', () => {
    const anyText = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({ type: fc.constantFrom('ADDED', 'ERROR', 'BOOKMARK', 'X'), object: fc.jsonValue() })
        .map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(anyText, (line) => {
        try {
          expect(typeof readWatchEvent(line).version).toBe('string');
        } catch (error) {
          expect(error).toBeInstanceOf(ApiError);
        }
      }),
    );
  });
});

describe('a Status', () => {
  it('is read as far as it can be, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (details, causes) => {
        const status = readStatus({ code: 'x', details: { kind: details, causes } });
        expect(status.code).toBe(0);
        expect(readStatus(details).causes).toBeInstanceOf(Array);
      }),
    );
  });

  it('keeps causes and details', () => {
    const causes = [{ reason: 'NamespaceTerminating', message: 'going', field: 'metadata.namespace' }, null];
    expect(
      readStatus({
        code: 403,
        reason: 'Forbidden',
        message: 'no',
        details: { kind: 'pods', name: 'x', causes },
      }),
    ).toEqual({
      code: 403,
      reason: 'Forbidden',
      message: 'no',
      causes: [
        { reason: 'NamespaceTerminating', message: 'going' },
        { reason: '', message: '' },
      ],
      details: { kind: 'pods', name: 'x' },
    });
  });
});
