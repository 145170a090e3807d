/** An application with every kind of file that holds names. */
import { SHOP } from './navigation-sample.ts';

/** The shop with commands, a rule, probes and their values. */
export const SIDES: Readonly<Record<string, string>> = {
    ...SHOP,
    'commands/grow.commands': `define size = 3
create Web as web_$(size) under /front
deploy and start all /front/web_$(size)
associate /back2 with here
execute night
`,
    'commands/night.commands': `stop all instances of Web
change status of /front/web to deployed and stopped
email ops@example.com with See $(size)
`,
    'rules.autonomic/busy.drl': `rule "busy"
when
    busy
then
    grow;
    night
end
`,
    'probes/Web.measures': `[EVENT nagios busy]
GET hosts
Filter: load > {{ limit }}
`,
    'probes/Web.measures.properties': 'limit = 5\n',
};
