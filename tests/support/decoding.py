"""Text to decode, and sources of it."""

from collections.abc import Iterable

from netstat_parse.decode.code_pages import split_words
from netstat_parse.decode.text import DecodedText

PHRASES = {
    "cs": ["Aktivní Internetová spojení", "Místní Adresa", "Vzdálená Adresa", "NASLOUCHÁ", "ČEKÁNÍ", "Připojeno"],
    "de": ["ABHÖREN", "Empfangene übermittelte Pakete", "Ständige Routen", "Paket zu groß", "Passiv geöffnet"],
    "es": ["Dirección local", "Dirección remota", "No vínculo"],
    "fr": ["État", "Itinéraires actifs", "Adresse réseau", "Par défaut"],
    "ja": ["アクティブな接続", "ローカル アドレス", "外部アドレス", "状態", "稼働中のインターネット接続"],
    "ko": ["활성 연결", "로컬 주소", "외부 주소", "상태"],
    "pl": ["Aktywne połączenia", "Protokół", "Trasy trwałe"],
    "pt-BR": ["Conexões ativas", "Endereço local", "Máscara", "No vínculo", "Padrão"],
    "ru": ["Активные подключения", "Локальный адрес", "Внешний адрес", "Состояние", "Отсутствует"],
    "tr": ["Aktif bağlantılar", "Yabancı Adres", "Alınan Paketler", "İstatistikleri"],
    "zh-CN": ["活动连接", "协议", "本地地址", "外部地址", "状态", "接口统计"],
    "zh-TW": ["使用中連線", "協定", "本機位址", "外部位址", "狀態"],
}
"""Phrases that netstat prints on Windows, and two of Linux (cs, ja)."""

VOCABULARY = {language: split_words("\n".join(phrases)) for language, phrases in PHRASES.items()}

ROW = "  TCP    10.0.0.1:49731         192.0.2.7:443          ESTABLISHED     1712\n"

NETSTAT = (
    f"\nActive Connections\n\n  Proto  Local Address          Foreign Address        State           PID\n{ROW * 3}"
)

GERMAN = ROW.replace("ESTABLISHED", "ABHÖREN    ")

CUT_NAME = "tcp        0      0 10.0.0.1:22             0.0.0.0:*               LISTEN      271/né-日本".encode()[:-2]


def read(text: DecodedText) -> str:
    return "".join(block.text for block in text)


class Pipe:
    """A pipe that returns these chunks; then it ends, or fails if it is open, because a reader would wait."""

    def __init__(self, chunks: Iterable[bytes], *, is_open: bool) -> None:
        self.chunks = list(chunks)
        self.is_open = is_open

    def read(self, size: int) -> bytes:
        raise AssertionError(f"waits for {size} bytes")

    def read1(self, size: int) -> bytes:
        if not self.chunks:
            assert not self.is_open, "waits for more data"
            return b""
        chunk = self.chunks.pop(0)
        if chunk[size:]:
            self.chunks.insert(0, chunk[size:])
        return chunk[:size]
