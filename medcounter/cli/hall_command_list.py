"""The commands of a hall's own rules; imports none of them."""

from __future__ import annotations

from medcounter.cli import hall_arguments
from medcounter.cli.command import LEDGER, OVER, Command, no_arguments

HALL_COMMANDS: tuple[Command, ...] = (
    Command("hall show", "看本厅的密钥、主管证明和本厅规则", "hall:run_show", no_arguments, LEDGER),
    Command("hall key", "用恢复密钥生成本厅自己的密钥", "hall:run_key", hall_arguments.key, LEDGER),
    Command(
        "hall certify",
        "主管有变动后重新出主管证明",
        "hall:run_certify",
        hall_arguments.certify,
        LEDGER,
    ),
    Command(
        "hall certificate",
        "写出主管证明给其他窗口",
        "hall:run_certificate",
        hall_arguments.certificate,
        (*LEDGER, OVER),
    ),
    Command(
        "hall confirm",
        "听到六个词后确认本厅的密钥，或后来加入的人",
        "hall:run_confirm",
        hall_arguments.confirm,
        LEDGER,
    ),
    Command(
        "hall sign",
        "编制人或复核人在本厅规则上签名",
        "hall:run_sign",
        hall_arguments.sign,
        (*LEDGER, OVER),
    ),
    Command(
        "hall review",
        "复核人看编制人签过的规则改了什么，不签名",
        "hall:run_review",
        hall_arguments.review,
        LEDGER,
    ),
    Command("hall take", "核对并采用本厅规则", "hall:run_take", hall_arguments.take, LEDGER),
    Command(
        "hall replay",
        "按当时的规则重算一份结果，本厅规则也可以",
        "hall:run_replay",
        hall_arguments.replay,
        LEDGER,
    ),
)
