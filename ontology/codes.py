"""The code lists as enumerations, written by names.py after concepts/*.ttl.

The value of a member is its code; labels and definitions are in `code_lists()`.
"""

import re
from enum import StrEnum

from .vocabularies import BASE


class Code(StrEnum):
    """A code of some list. The name of a subclass is that of its concept scheme."""

    @classmethod
    def scheme(cls) -> str:
        """The name of the concept scheme, e.g. `tie-type`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    @property
    def iri(self) -> str:
        """The IRI of the concept."""
        return f"{BASE}concept/{self.scheme()}/{self.value}"


class AdminLevel(Code):
    """Codes of the scheme `admin-level`."""

    CITY = "city"
    COUNTRY = "country"
    DISTRICT = "district"
    PROVINCE = "province"
    REGENCY = "regency"
    URBAN_VILLAGE = "urban-village"
    VILLAGE = "village"


class Basis(Code):
    """Codes of the scheme `basis`."""

    INFERRED = "inferred"
    PARTY = "party"
    THIRD_PARTY = "third-party"


class ChangeType(Code):
    """Codes of the scheme `change-type`."""

    DISSOLUTION = "dissolution"
    FOUNDATION = "foundation"
    MERGER = "merger"
    REPLACEMENT = "replacement"
    SPLIT = "split"
    TRANSFER = "transfer"


class ClaimStatus(Code):
    """Codes of the scheme `claim-status`."""

    ACCEPTED = "accepted"
    CANDIDATE = "candidate"
    DISPUTED = "disputed"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


class Comparator(Code):
    """Codes of the scheme `comparator`."""

    ABOUT = "about"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    EXACT = "exact"
    LESS_THAN = "less-than"
    MORE_THAN = "more-than"


class Confidence(Code):
    """Codes of the scheme `confidence`."""

    HIGH = "high"
    LOW = "low"
    MEDIUM = "medium"


class Coverage(Code):
    """Codes of the scheme `coverage`."""

    EXHAUSTIVE = "exhaustive"
    PARTIAL = "partial"
    UNKNOWN = "unknown"


class DiscrepancyType(Code):
    """Codes of the scheme `discrepancy-type`."""

    DATE = "date"
    EXISTENCE = "existence"
    IDENTITY = "identity"
    NATURE = "nature"
    PLACE = "place"
    VALUE = "value"


class DocumentType(Code):
    """Codes of the scheme `document-type`."""

    AGENCY_PAGE = "agency-page"
    ASSOCIATION_PAGE = "association-page"
    COMPANY_PAGE = "company-page"
    NEWS_REPORT = "news-report"
    OFFICIAL_PAGE = "official-page"
    PRESS_RELEASE = "press-release"
    REGISTER = "register"
    REGULATION = "regulation"
    REPORT = "report"
    STATISTICAL_RELEASE = "statistical-release"


class EventKind(Code):
    """Codes of the scheme `event-kind`."""

    COMPETITION = "competition"
    EXHIBITION = "exhibition"
    GROUNDBREAKING = "groundbreaking"
    INAUGURATION = "inauguration"
    MEETING = "meeting"
    MOU_SIGNING = "mou-signing"
    TRAINING = "training"


class Explicitness(Code):
    """Codes of the scheme `explicitness`."""

    IMPLIED = "implied"
    STATED = "stated"
    WHOLE_RECORD = "whole-record"


class Holding(Code):
    """Codes of the scheme `holding`."""

    ATTESTED = "attested"
    POSSIBLE = "possible"


class Indicator(Code):
    """Codes of the scheme `indicator`."""

    IKI_CONTRACTION = "iki-contraction"
    IKI_EXPANSION = "iki-expansion"
    IKI_SUBSECTOR = "iki-subsector"
    PEOPLE_MENTORED = "people-mentored"


class Industry(Code):
    """Codes of the scheme `industry`."""

    FOOTWEAR = "footwear"
    LEATHER = "leather"
    LEATHER_FOOTWEAR = "leather-footwear"
    NON_OIL_MANUFACTURING = "non-oil-manufacturing"


class InstitutionKind(Code):
    """Codes of the scheme `institution-kind`."""

    BANK = "bank"
    CERTIFICATION_BODY = "certification-body"
    CHAMBER = "chamber"
    CITY_GOVERNMENT = "city-government"
    COMMUNITY = "community"
    COMPANY = "company"
    COOPERATIVE = "cooperative"
    DIRECTORATE_GENERAL = "directorate-general"
    EVENT_ORGANIZER = "event-organizer"
    FOREIGN_BODY = "foreign-body"
    FOREIGN_GOVERNMENT = "foreign-government"
    FOUNDATION = "foundation"
    INDUSTRY_ASSOCIATION = "industry-association"
    INSPECTORATE_GENERAL = "inspectorate-general"
    INTERNATIONAL_ORGANIZATION = "international-organization"
    MEDIA_OUTLET = "media-outlet"
    MINISTRY = "ministry"
    MINISTRY_UNIT = "ministry-unit"
    NATIONAL_GOVERNMENT = "national-government"
    PARLIAMENT = "parliament"
    POPULATION = "population"
    PROJECT = "project"
    PROVINCIAL_GOVERNMENT = "provincial-government"
    PUBLIC_AGENCY = "public-agency"
    REGENCY_GOVERNMENT = "regency-government"
    REGIONAL_OFFICE = "regional-office"
    SHARED_FACILITY = "shared-facility"
    STATE_COMPANY = "state-company"
    TECHNICAL_UNIT = "technical-unit"
    TRAINING_INSTITUTE = "training-institute"
    UNIVERSITY = "university"
    VERTICAL_OFFICE = "vertical-office"
    VILLAGE_GOVERNMENT = "village-government"
    VOCATIONAL_SCHOOL = "vocational-school"


class Modality(Code):
    """Codes of the scheme `modality`."""

    DENIED = "denied"
    HOPED = "hoped"
    PLANNED = "planned"
    REALISED = "realised"
    REPORTED = "reported"


class OccupancyBasis(Code):
    """Codes of the scheme `occupancy-basis`."""

    LEASED = "leased"
    LOANED = "loaned"
    OWNED = "owned"
    UNKNOWN = "unknown"


class ParticipantRole(Code):
    """Codes of the scheme `participant-role`."""

    ADDRESSEE = "addressee"
    ATTENDEE = "attendee"
    BENEFICIARY = "beneficiary"
    BODY = "body"
    BUYER = "buyer"
    CERTIFIED = "certified"
    CERTIFIER = "certifier"
    COMPETITOR = "competitor"
    COUNTERPART = "counterpart"
    EMPLOYER = "employer"
    FOUNDED = "founded"
    FOUNDER = "founder"
    FUNDED = "funded"
    FUNDER = "funder"
    HOST = "host"
    LEAD_PARTNER = "lead-partner"
    MEMBER = "member"
    OCCUPANT = "occupant"
    ORGANIZER = "organizer"
    OVERSEEN = "overseen"
    OVERSEER = "overseer"
    PARTNER = "partner"
    PARTY = "party"
    PRINCIPAL = "principal"
    PROMOTED = "promoted"
    PROMOTER = "promoter"
    PROVIDER = "provider"
    REGULATED = "regulated"
    REGULATOR = "regulator"
    REPRESENTATIVE = "representative"
    REPRESENTED = "represented"
    SPEAKER = "speaker"
    SUBJECT = "subject"
    SUBORDINATE = "subordinate"
    SUPERIOR = "superior"
    SUPPLIER = "supplier"
    SUPPORTER = "supporter"


class Sector(Code):
    """Codes of the scheme `sector`."""

    ACADEMIA = "academia"
    ASSOCIATION = "association"
    BUSINESS = "business"
    CIVIL_SOCIETY = "civil-society"
    COMMUNITY = "community"
    EDUCATION = "education"
    FINANCE = "finance"
    GOVERNMENT = "government"
    GOVERNMENT_NATIONAL = "government-national"
    GOVERNMENT_PROVINCIAL = "government-provincial"
    GOVERNMENT_REGENCY = "government-regency"
    INDUSTRY = "industry"
    INDUSTRY_IKM = "industry-ikm"
    INDUSTRY_LARGE = "industry-large"
    INTERNATIONAL = "international"
    MEDIA = "media"
    PUBLIC_AGENCY = "public-agency"
    RESEARCH = "research"
    STANDARDS_BODY = "standards-body"
    VOCATIONAL_SCHOOL = "vocational-school"


class Sign(Code):
    """Codes of the scheme `sign`."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


class Standing(Code):
    """Codes of the scheme `standing`."""

    CONTESTED = "contested"
    CORROBORATED = "corroborated"
    DENIED = "denied"
    LAPSED = "lapsed"
    PLANNED = "planned"
    SINGLE_ORIGIN = "single-origin"


class TieType(Code):
    """Codes of the scheme `tie-type`."""

    ADVOCACY = "advocacy"
    AGREEMENT = "agreement"
    ANNOUNCEMENT = "announcement"
    ASSESSMENT = "assessment"
    AWARD = "award"
    CAPABILITY = "capability"
    CAPACITY_BUILDING = "capacity-building"
    CERTIFICATION = "certification"
    CO_ORGANIZATION = "co-organization"
    COLLABORATION = "collaboration"
    COMPETITION = "competition"
    CONFLICT = "conflict"
    COOPERATION = "cooperation"
    DISCOURSE = "discourse"
    EVENT_PARTICIPATION = "event-participation"
    EXPECTATION = "expectation"
    FOUNDING = "founding"
    FUNDING = "funding"
    GENESIS = "genesis"
    GOVERNANCE = "governance"
    HIERARCHY = "hierarchy"
    HOSTING = "hosting"
    INVESTMENT = "investment"
    JOINT_RESEARCH = "joint-research"
    MARKET = "market"
    MEMBERSHIP = "membership"
    MENTORING = "mentoring"
    OVERSIGHT = "oversight"
    PROCUREMENT = "procurement"
    PROMOTION = "promotion"
    REGULATION = "regulation"
    REPRESENTATION = "representation"
    RESOURCE = "resource"
    SITE_LEASE = "site-lease"
    SITE_LOAN = "site-loan"
    STANDARD_SETTING = "standard-setting"
    STATEMENT = "statement"
    STRUCTURAL = "structural"
    SUPPLY = "supply"
    TECHNICAL_ASSISTANCE = "technical-assistance"
    TRAINING = "training"


class TitleBasis(Code):
    """Codes of the scheme `title-basis`."""

    AS_PRINTED = "as-printed"
    DESCRIPTIVE = "descriptive"
    URL_SLUG = "url-slug"


class Unit(Code):
    """Codes of the scheme `unit`."""

    ASSOCIATION = "association"
    BILLION_ITALIAN_LIRA = "billion-italian-lira"
    BILLION_PAIR = "billion-pair"
    BILLION_RUPIAH = "billion-rupiah"
    BILLION_US_DOLLAR = "billion-us-dollar"
    BUSINESS_UNIT = "business-unit"
    COMPANY = "company"
    COUNTRY = "country"
    ENTRY = "entry"
    FACTORY = "factory"
    HECTARE = "hectare"
    HIDE = "hide"
    HIDE_PER_YEAR = "hide-per-year"
    INDEX_POINT = "index-point"
    ITALIAN_LIRA = "italian-lira"
    KILOGRAM = "kilogram"
    MACHINE = "machine"
    MEMBER = "member"
    MILLION_HIDE_PER_YEAR = "million-hide-per-year"
    MILLION_PAIR = "million-pair"
    MILLION_PAIR_PER_YEAR = "million-pair-per-year"
    MILLION_RUPIAH = "million-rupiah"
    MILLION_RUPIAH_PER_MONTH = "million-rupiah-per-month"
    MILLION_US_DOLLAR = "million-us-dollar"
    OFFICE = "office"
    ORDINAL = "ordinal"
    OTHER = "other"
    OUTLET = "outlet"
    PAIR = "pair"
    PAIR_PER_DAY = "pair-per-day"
    PAIR_PER_YEAR = "pair-per-year"
    PERCENT = "percent"
    PERSON = "person"
    PROFILE = "profile"
    RANK = "rank"
    RUPIAH = "rupiah"
    RUPIAH_PER_MONTH = "rupiah-per-month"
    SQUARE_FOOT = "square-foot"
    SQUARE_FOOT_PER_YEAR = "square-foot-per-year"
    SQUARE_METRE = "square-metre"
    STAND = "stand"
    TONNE = "tonne"
    US_DOLLAR = "us-dollar"


class ValueMode(Code):
    """Codes of the scheme `value-mode`."""

    CUMULATIVE = "cumulative"
    FLOW = "flow"
    INDEX = "index"
    STOCK = "stock"
