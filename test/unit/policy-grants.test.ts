import { expect } from "chai";
import fc from "fast-check";
import { inheritGrants, join, lacking, meet, sealFor } from "../../src/policy/index.js";
import type { Grant, UnitManifest } from "../../src/unit/manifest.js";
import { parsePermissions } from "../../src/unit/parse-permissions.js";
import { rounds } from "../support/rounds.js";

const kinds = ["network", "capabilities", "features"] as const;

describe("what a unit is granted", () => {
  const a = "https://a.example";
  const b = "https://b.example";
  const table: [wish: Grant | undefined, consent: unknown, grant: Grant][] = [
    [undefined, undefined, {}],
    [undefined, { network: [a] }, {}],
    [{ network: [a] }, undefined, {}],
    [{ network: [a] }, {}, {}],
    [{ network: [a] }, { network: [a] }, { network: [a] }],
    [{ network: [a] }, { network: [a, b] }, { network: [a] }],
    [{ network: [a, b] }, { network: [b] }, { network: [b] }],
    [{ network: [a] }, { features: [a] }, {}],
    [{ network: [a], features: ["camera"] }, { network: [b], features: ["camera"] }, { features: ["camera"] }],
    [{ network: [a] }, { network: `${a} ${b}` }, {}],
    [{ capabilities: ["note"] }, { capabilities: "notes" }, {}],
    [{ network: [a] }, { network: null }, {}],
    [{ network: [a] }, { network: ["*"] }, {}],
  ];
  for (const [wish, consent, grant] of table)
    it(`of ${JSON.stringify(wish) ?? "no wish"} with consent to ${JSON.stringify(consent) ?? "nothing"} is ${JSON.stringify(grant)}`, () => {
      expect(meet(wish, consent as Grant)).to.deep.equal(grant);
    });
});

describe("for any wishes and consents", () => {
  const seed = Date.now() % 2 ** 31;
  const holds = <T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => void): void =>
    fc.assert(fc.property(arbitrary, property), { seed, numRuns: rounds(300) });

  const origins = fc.constantFrom("https://a.example", "https://b.example:8443", "http://c.example", "wss://d.example");
  const names = fc.constantFrom("notes", "clock", "note", "files");
  const features = fc.constantFrom("camera", "fullscreen", "gamepad", "modals", "pointer-lock", "sync-xhr");
  const some = (each: fc.Arbitrary<string>): fc.Arbitrary<string[]> => fc.array(each, { maxLength: 5 });
  const permissions = fc.record(
    { network: some(origins), capabilities: some(names), features: some(features) },
    { requiredKeys: [] },
  );
  const pair = fc.tuple(permissions, permissions);
  const isWithin = (inner: Grant, outer: Grant): boolean =>
    kinds.every((kind) => (inner[kind] ?? []).every((entry) => outer[kind]?.includes(entry)));

  it("what is met is within both, and is all that is within both", () =>
    holds(pair, ([wish, consent]) => {
      const grant = meet(wish, consent);
      expect(isWithin(grant, wish) && isWithin(grant, consent), `seed ${seed}`).to.equal(true);
      const missing = lacking(wish, grant) ?? {};
      for (const kind of kinds)
        expect((missing[kind] ?? []).filter((entry) => consent[kind]?.includes(entry))).to.deep.equal([]);
      expect(isWithin(wish, join(grant, missing))).to.equal(true);
    }));

  it("what is joined has the entries of both and no other", () =>
    holds(pair, ([one, other]) => {
      const both = join(one, other);
      expect(isWithin(one, both) && isWithin(other, both), `seed ${seed}`).to.equal(true);
      for (const kind of kinds)
        for (const entry of both[kind] ?? [])
          expect([...(one[kind] ?? []), ...(other[kind] ?? [])], `seed ${seed}`).to.include(entry);
    }));

  it("what is inherited is never more than the unit's own wish, nor than its requesters have", () =>
    holds(fc.array(permissions, { minLength: 2, maxLength: 6 }), (wishes) => {
      const manifests = wishes.map((each, index): UnitManifest => {
        return { name: `unit-${index}`, version: "1.0.0", permissions: each };
      });
      const [root, ...rest] = manifests as [UnitManifest, ...UnitManifest[]];
      const grant = meet(root.permissions, wishes[1]);
      // Each is required by the one before it and by the root; the one that requires comes last.
      const required = rest
        .map((manifest, index) => ({ manifest, requesters: [root, manifests[index]!] }))
        .toReversed();
      const grants = inheritGrants(root, grant, required);
      for (const manifest of rest) {
        expect(isWithin(grants.get(manifest)!, manifest.permissions!), `seed ${seed}`).to.equal(true);
        expect(isWithin(grants.get(manifest)!, grant), `seed ${seed}`).to.equal(true);
      }
    }));

  it("the seal names the origins and features granted and no other", () =>
    holds(permissions, (grant) => {
      const open = ["gamepad", "sync-xhr"];
      const { policy, allow, sandbox } = sealFor(grant, open);
      expect(new Set(policy.match(/\w+:\/\/[^ ;]+/g) ?? []), `seed ${seed}`).to.deep.equal(
        new Set(grant.network ?? []),
      );
      const allowed = [...allow.matchAll(/([a-z-]+) \*/g)].map(([, name]) => name!);
      const switched = [...sandbox.matchAll(/allow-([a-z-]+)/g)].map(([, name]) => name!);
      expect(new Set([...allowed, ...switched])).to.deep.equal(new Set([...(grant.features ?? []), "scripts"]));
      for (const feature of open)
        expect(allow.includes(`${feature} 'none'`)).to.equal(!grant.features?.includes(feature));
    }));

  it("no text in the place of an origin or a feature adds a directive, a source or a flag", () =>
    holds(
      fc.tuple(fc.string({ unit: "binary", maxLength: 40 }), fc.constantFrom("", "https://a.example")),
      ([text, before]) => {
        const entry = before + text;
        for (const grant of [{ network: [entry] }, { features: [entry] }]) {
          let seal;
          try {
            seal = sealFor(grant, []);
          } catch (error) {
            expect(error).to.include({ name: "DataError", code: "grant-invalid" });
            continue;
          }
          const closed = sealFor({}, []);
          expect(seal.policy.split(";"), `seed ${seed}: ${entry}`).to.have.length(closed.policy.split(";").length);
          expect(seal.policy.split(" ").length - closed.policy.split(" ").length).to.be.oneOf([0, 4]);
          expect(seal.allow.split(";")).to.have.length(1);
          expect(`${seal.policy}${seal.allow}${seal.sandbox}`).not.to.match(/[^\x20-\x7e]|https?:\/\/\*|'self'/);
        }
      },
    ));

  it("a copy is made of them, so that a later edit does not reach it", () => {
    const grant = { network: ["https://a.example"] };
    const parsed = parsePermissions(grant, "grant");
    grant.network.push("https://b.example");
    expect(parsed).to.deep.equal({ network: ["https://a.example"] });
  });
});
