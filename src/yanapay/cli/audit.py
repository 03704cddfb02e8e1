"""``yanapay audit verify``: prove that nothing in the trail was altered or removed."""

import json
import sys
from dataclasses import asdict

import click

from yanapay.audit.queries import count_events, heads, verify
from yanapay.cli.language import translate

BROKEN = {
    "missing": translate("Chain {chain}: event {seq} is missing."),
    "altered": translate("Chain {chain}: event {seq} was altered."),
    "rows": translate("Chain {chain}: what event {seq} vouches for was altered or removed."),
}


@click.group(help=translate("Prove the audit trail."))
def audit() -> None: ...


@audit.command(
    "verify",
    help=translate(
        "Recompute every chain; exit 0 if all hold, 1 naming the first broken link of each."
    ),
)
@click.option("--json", "as_json", is_flag=True, help=translate("Print JSON."))
def verify_chains(as_json: bool) -> None:
    """Keep the printed heads elsewhere: they prove later that no chain was replaced as a whole."""
    broken, last, events = verify(), heads(), count_events()
    if as_json:
        chains = [{"chain": c, "seq": seq, "hash": digest} for c, (seq, digest) in last.items()]
        found = [asdict(link) for link in broken]
        click.echo(json.dumps({"events": events, "broken": found, "chains": chains}))
    else:
        for link in broken:
            click.echo(BROKEN[link.problem].format(chain=link.chain, seq=link.seq))
        if not broken:
            sentence = translate(
                "{events} events in {chains} chains: nothing altered, nothing missing."
            )
            click.echo(sentence.format(events=events, chains=len(last)))
    if broken:
        sys.exit(1)
