/** The small application with everything beside its model: commands, a rule, probes, a target, policies. */
import { SAMPLE } from './sample.ts';

export const WHOLE_SAMPLE = {
    ...SAMPLE,
    'commands/scale-up.commands':
        '# Adds a machine.\ncreate Machine as extra\ncreate Web as web under /extra\ndeploy and start all /extra\n',
    'commands/clean.commands': 'delete /front\n',
    'rules.autonomic/scale.drl': 'rule "scale"\n\twhen\n\t\thigh-load\n\tthen\n\t\tscale-up;\nend\n',
    'probes/Web.measures': '[EVENT rest high-load]\nCheck http://localhost:{{ port }}/load that average > 0.8\n',
    'probes/Web.measures.properties': 'port = 8080\n',
    'graph/Machine/target.properties': 'id = small-machines\nhandler = in-memory\nname = Small machines\n',
} as const;
