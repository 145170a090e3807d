/** Three machines in a row: a balancer needs the server, the server needs the store, and carries an application. */
import { modelOf } from './model-text.ts';

export const LAMP = modelOf(`
    VM is target gives ip
    Balancer gives ip needs Server.ip Server.port
    Server gives ip port=8009 needs Store.*
    App needs Store.ip Balancer.ip?
    Store gives ip random:port
    /front VM
    /front/balancer Balancer
    /middle VM
    /middle/server Server
    /middle/server/app App
    /back VM
    /back/store Store
`);

/** Two servers and what only some of their importers need. */
export const PAIR = modelOf(`
    Server gives ip name
    Balancer needs Server.ip
    Watcher needs Server.*?
    /balancer Balancer
    /watcher Watcher
    /s1 Server name=one
    /s2 Server name=two
`);
