"""Phone numbers as people write them at home, made E.164: what a customer is known by."""

from __future__ import annotations

import re
from typing import Final

from gateway.errors import bad_input

_NATIONAL: Final = re.compile(r"[0-9]{10}")
_INTERNATIONAL: Final = re.compile(r"\+[0-9]{8,15}")

# ISO 3166-1 alpha-2 and alpha-3, and the calling code (ITU-T E.164), all in one word.
_COUNTRIES: Final = """
ADAND376 AEARE971 AFAFG93 AGATG1 AIAIA1 ALALB355 AMARM374 AOAGO244 ARARG54 ASASM1 ATAUT43
AUAUS61 AWABW297 AXALA358 AZAZE994 BABIH387 BBBRB1 BDBGD880 BEBEL32 BFBFA226 BGBGR359
BHBHR973 BIBDI257 BJBEN229 BLBLM590 BMBMU1 BNBRN673 BOBOL591 BRBRA55 BSBHS1 BTBTN975
BWBWA267 BYBLR375 BZBLZ501 CACAN1 CCCCK61 CDCOD243 CFCAF236 CGCOG242 CHCHE41 CICIV225
CLCHL56 CMCMR237 CNCHN86 COCOL57 CRCRI506 CUCUB53 CVCPV238 CXCXR61 CYCYP357 CZCZE420 DEDEU49
DJDJI253 DKDNK45 DMDMA1 DODOM1 DZDZA213 ECECU593 EEEST372 EGEGY20 EHESH212 ESESP34 ETETH251
FIFIN358 FOFRO298 FRFRA33 GAGAB241 GBGBR44 GDGRD1 GEGEO995 GFGUF594 GGGGY44 GHGHA233
GIGIB350 GLGRL299 GMGMB220 GNGIN224 GPGLP590 GQGNQ240 GRGRC30 GTGTM502 GUGUM1 GWGNB245
GYGUY592 HKHKG852 HNHND504 HRHRV385 HTHTI509 HUHUN36 IDIDN62 IEIRL353 ILISR972 IMIMN44
ININD91 IQIRQ964 IRIRN98 ISISL354 ITITA39 JEJEY44 JMJAM1 JOJOR962 JPJPN81 KEKEN254 KGKGZ996
KHKHM855 KMCOM269 KNKNA1 KRKOR82 KWKWT965 KYCYM1 KZKAZ7 LALAO856 LBLBN961 LCLCA1 LILIE423
LKLKA94 LRLBR231 LSLSO266 LTLTU370 LULUX352 LVLVA371 LYLBY218 MAMAR212 MCMCO377 MDMDA373
MEMNE382 MFMAF590 MGMDG261 MKMKD389 MLMLI223 MMMMR95 MNMNG976 MOMAC853 MPMNP1 MQMTQ596
MRMRT222 MSMSR1 MTMLT356 MUMUS230 MVMDV960 MWMWI265 MXMEX52 MYMYS60 MZMOZ258 NANAM264
NENER227 NGNGA234 NINIC505 NLNLD31 NONOR47 NPNPL977 NZNZL64 OMOMN968 PAPAN507 PEPER51
PHPHL63 PKPAK92 PLPOL48 PRPRI1 PSPSE970 PTPRT351 PYPRY595 QAQAT974 REREU262 ROROU40 RSSRB381
RURUS7 RWRWA250 SASAU966 SCSYC248 SDSDN249 SESWE46 SGSGP65 SISVN386 SJSJM47 SKSVK421
SLSLE232 SMSMR378 SNSEN221 SOSOM252 SRSUR597 SSSSD211 STSTP239 SVSLV503 SXSXM1 SYSYR963
SZSWZ268 TCTCA1 TDTCD235 TGTGO228 THTHA66 TJTJK992 TMTKM993 TNTUN216 TRTUR90 TTTTO1 TWTWN886
TZTZA255 UAUKR380 UGUGA256 USUSA1 UYURY598 UZUZB998 VAVAT39 VCVCT1 VEVEN58 VGVGB1 VIVIR1
VNVNM84 XKXKX383 YEYEM967 YTMYT262 ZAZAF27 ZMZMB260 ZWZWE263
"""
_CALLING_CODES: Final = {
    name: word[5:] for word in _COUNTRIES.split() for name in (word[:2], word[2:5])
}


def e164(mobile: str, country: str | None, home: str | None) -> str:
    """The number with its calling code; `home` is the country where none is named.

    Ten digits, as they are dialled in the country; a zero in front is for dialling at home only.
    A number that begins with "+" has its calling code already. Raises RequestError, with the
    field to blame.
    """
    if _INTERNATIONAL.fullmatch(mobile):
        return mobile
    if not _NATIONAL.fullmatch(mobile):
        allowed = 'ten digits, or "+", the calling code and the number'
        raise bad_input(f"`mobile` must be {allowed}: 9812345670 or +919812345670.", "mobile")
    if country is None and home is None:
        raise bad_input('`country` is required with `mobile`: "ind", for example.', "country")
    code = _CALLING_CODES.get((country or home or "").upper())
    if code is None:
        raise bad_input('`country` must be an ISO 3166 code such as "ind" or "in".', "country")
    return f"+{code}{mobile.removeprefix('0')}"


def home_country(locale: str, currency: str) -> str | None:
    """A merchant's country, alpha-2: of its locale (`en-IN`), else of its currency (INR)."""
    subtags = [part.upper() for part in locale.split("-")[1:]]
    return next((name for name in (*subtags, currency[:2]) if name in _CALLING_CODES), None)
