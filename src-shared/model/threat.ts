import { z } from 'zod';

/** A group or a piece of software of ATT&CK, and the techniques that it uses. */
const threat = z.object({
  /** "G0016", "S0154" */
  id: z.string(),
  kind: z.enum(['group', 'software']),
  name: z.string(),
  aliases: z.array(z.string()),
  /** Ids of the release that Harrier shows. */
  techniques: z.array(z.string()),
});

/** What `resources/attack/threats.json` holds, by id. */
export const threatFacts = z.object({ threats: z.array(threat) });

export type Threat = Readonly<z.infer<typeof threat>>;

export type ThreatFacts = z.infer<typeof threatFacts>;
