import type { CommandName } from './arguments.ts';

const COMMON_FLAGS = `\
  -o, --output FORMAT   text (default) or json: one object a line
  -v, --verbose         more about the connections, on standard error
  -h, --help            this text`;

const CONTEXT_FLAGS = `\
  --kubeconfig FILE     read this kubeconfig alone (else KUBECONFIG, else ~/.kube/config)
  --context NAME        this context (may be given more than once; else the current one)
  --all-contexts        every context of the kubeconfig
  -n, --namespace NAME  only this namespace (may be given more than once; else all):
                        for people without rights on the whole cluster
${COMMON_FLAGS}`;

const HELP: Readonly<Record<CommandName, string>> = {
  watch: `netkeeper watch: bring back networks that are deleted while pods use them

Watches the NetworkAttachmentDefinitions of one or more contexts in the foreground, until Ctrl-C
or SIGTERM. A network that is deleted while a living pod uses it is created again at once; so is
one that was deleted while nothing was watching, from the copy kept on disk.

Usage: netkeeper watch [flags]

  --mode MODE           restore (default): create it again; ask: only tell
  --state-dir DIR       where copies of the networks are kept (default: the user's state folder)
  --no-state            keep nothing on disk: what is deleted while this does not run is lost
${CONTEXT_FLAGS}

Exit code: 0 when stopped, 1 if no context could ever be watched, 2 for a wrong command line.
The lines of -o json are described in docs/events.md.
`,
  serve: `netkeeper serve: the loop, with its window in a browser

Watches as "netkeeper watch" does and serves the window of the desktop app on 127.0.0.1, until
Ctrl-C or SIGTERM. The address that it prints is a key: whoever has it can do what you can do in
the window. Which contexts are on, and how, is set in the window and kept; at first it is the
current context alone. What happens is printed as well.

Usage: netkeeper serve [flags]

  --port N              listen on this port (default: one that is free)
  --open                open the system's browser at the address
  --demo                two clusters inside this program in place of a kubeconfig; keeps nothing
  --state-dir DIR       where settings, journal and copies of the networks are kept
                        (default: the user's state folder)
  --no-state            keep nothing on disk: what is deleted while this does not run is lost
  --kubeconfig FILE     read this kubeconfig alone (else KUBECONFIG, else ~/.kube/config)
  --context NAME        in this run, this context is on and others are off (may be given more
                        than once); what is kept does not change
  --all-contexts        in this run, every context is on
  --mode MODE           restore or ask, for the contexts so chosen (else as set in the window,
                        and restore for those that are off there)
  -n, --namespace NAME  only this namespace, in every context (may be given more than once; else
                        all): for people without rights on the whole cluster
${COMMON_FLAGS}

From another machine, forward the port under its own number: ssh -L N:127.0.0.1:N HOST

Exit code: 0 when stopped, 1 if it could not be served, 2 for a wrong command line.
With -o json the first line, "serving", has the address; docs/events.md describes them all.
`,
  usage: `netkeeper usage: which networks there are, and who uses them

Reads the networks, pods and workloads of one or more contexts once, prints them and ends.
Nothing is written.

Usage: netkeeper usage [flags]

${CONTEXT_FLAGS}

Exit code: 0 if every context could be read, 1 if not, 2 for a wrong command line.
`,
  doctor: `netkeeper doctor: what keeps a context from being watched

Looks at what a watch needs, in the order in which it needs it: the kubeconfig's entry, the
credentials, the server, each right, the CRD of the networks. Says what is missing, what is lost
without it and what helps, and ends. Nothing is written. Credential plugins are run, as by kubectl.

Usage: netkeeper doctor [flags]

${CONTEXT_FLAGS}

Exit code: 0 if every context could be watched, 1 if not, 2 for a wrong command line.
`,
  demo: `netkeeper demo: see what it does, without a cluster

Starts two small clusters inside this program and plays a story on them: networks in use are
deleted and come back, unused ones stay away. No kubeconfig is read and nothing is kept.
It goes on until Ctrl-C. "netkeeper serve --demo" shows the same in a window.

Usage: netkeeper demo [flags]

  -o, --output FORMAT   text (default) or json: one object a line
  -h, --help            this text
`,
};

const OVERVIEW = `netkeeper: brings back Kubernetes networks that are deleted while pods use them

Usage: netkeeper COMMAND [flags]

  watch    watch contexts and bring back their networks, in the foreground
  serve    the same with a window in a browser
  usage    print which networks there are and who uses them
  doctor   print what keeps a context from being watched, and what helps
  demo     see what it does, on two clusters inside this program

netkeeper COMMAND --help tells more. The same program is also "kubectl netkeeper".
`;

export function helpText(about: CommandName | undefined): string {
  return about === undefined ? OVERVIEW : HELP[about];
}
