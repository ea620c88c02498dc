"""Phone numbers as people write them, made E.164: what a customer is known by.

"98123 45678" at a merchant in India, "+91 98123-45678" and "+919812345678" are one number. One
that says its calling code needs to be possible only, since new ranges come faster than any list.
One that does not is taken for one of the merchant's country, so it must be in use there.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from gateway.errors import bad_input

_E164: Final = re.compile(r"\+[0-9]{7,15}")
# Digits of any script, and what people put between them. No letters, and no "tel:".
_WRITTEN: Final = re.compile(r"[\s\d+\uff0b().\-/\u2010-\u2015]{1,40}")
_MARKED: Final = ("+", "\uff0b")

# ISO 3166-1 alpha-2 and alpha-3 in one word: checkouts name a country in either way.
_COUNTRIES: Final = """
ACASC ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE
BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS
BTBTN BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL
CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY
EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY
GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GTGTM GUGUM GWGNB GYGUY HKHKG HNHND HRHRV HTHTI
HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN
KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR
LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG
MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK
NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL
PMSPM PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN
SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR
SZSWZ TATAA TCTCA TDTCD TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN
TZTZA UAUKR UGUGA USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM XKXKX
YEYEM YTMYT ZAZAF ZMZMB ZWZWE
"""
_ALPHA_2: Final = {name: word[:2] for word in _COUNTRIES.split() for name in (word[:2], word[2:])}


class NotAPhoneError(ValueError):
    """The text is no phone number; the message says what is allowed."""


def e164(text: str, region: str | None) -> str:
    """The number with its calling code, in ASCII digits; at most 15 of them.

    `region` (alpha-2) is where a number without a calling code is dialled; None: nowhere, so such
    a number is refused. Raises NotAPhoneError.
    """
    if not _WRITTEN.fullmatch(text):
        raise NotAPhoneError(
            'A phone number has digits, spaces and dashes only: "+919812345678" or "98123 45678".'
        )
    marked = text.lstrip().startswith(_MARKED)
    if not marked and region is None:
        raise NotAPhoneError(
            'The phone number needs "+" and its calling code: "+919812345678"; it is not known in'
            " which country it is dialled."
        )
    found = _parsed(text, region)
    if found is None:
        where = "with this calling code" if marked else f"that is dialled like this in {region}"
        raise NotAPhoneError(
            f'There is no phone number {where}; from elsewhere it begins with "+" and the calling'
            ' code: "+919812345678".'
        )
    return found


def sought(text: str, region: str | None) -> str:
    """As `e164`, for a look-up: a number that was kept before numbers were checked is found too."""
    try:
        return e164(text, region)
    except NotAPhoneError:
        if _E164.fullmatch(text):
            return text
        raise


def mobile_e164(mobile: str, country: str | None, home: str | None) -> str:
    """The number of a checkout's `mobile` and `country`; `home` is used where none is named.

    Raises RequestError, with the field to blame.
    """
    region = home
    if not mobile.lstrip().startswith(_MARKED):
        if country is None and home is None:
            raise bad_input('`country` is required with `mobile`: "ind", for example.', "country")
        region = _ALPHA_2.get((country or home or "").upper())
        if region is None:
            raise bad_input('`country` must be an ISO 3166 code such as "ind" or "in".', "country")
    try:
        return sought(mobile, region)
    except NotAPhoneError as error:
        raise bad_input(f"`mobile`: {error}", "mobile") from None


@lru_cache(512)
def home_country(locale: str, currency: str, time_zone: str = "") -> str | None:
    """A merchant's country, alpha-2: of its locale (`en-IN`), else its currency, its time zone."""
    subtags = [part.upper() for part in locale.split("-")[1:]]
    named = next((name for name in (*subtags, currency[:2]) if name in _ALPHA_2), None)
    return _ALPHA_2[named] if named else _of_time_zone(time_zone)


def _of_time_zone(time_zone: str) -> str | None:
    from babel.core import get_global  # noqa: PLC0415 - slow to load, and seldom needed

    found = get_global("zone_territories").get(time_zone)
    return found if found in _ALPHA_2 else None


def _parsed(text: str, region: str | None) -> str | None:
    import phonenumbers  # noqa: PLC0415 - slow to load: only the first number pays for it

    marked = text.lstrip().startswith(_MARKED)
    try:
        number = phonenumbers.parse(text, None if marked else region)
    except phonenumbers.NumberParseException:
        return None
    # An extension is no part of E.164, and who dials it is somebody else.
    judged = phonenumbers.is_possible_number if marked else phonenumbers.is_valid_number
    if number.extension or not judged(number):
        return None
    found = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return found if _E164.fullmatch(found) else None
