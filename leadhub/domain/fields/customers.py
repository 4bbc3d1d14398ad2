from functools import partial

from leadhub.domain.fields.registry import Entity, FieldKind, FieldSpec
from leadhub.domain.lookups import Lookup

K = FieldKind
_c = partial(FieldSpec, entity=Entity.CONTACT)
_a = partial(FieldSpec, entity=Entity.ACCOUNT)

FIELDS: tuple[FieldSpec, ...] = (
    _c(key="name", kind=K.TEXT, column="name", group="general", max_length=200, required=True, sortable=True,
       in_list=True),
    _c(key="first_name", kind=K.TEXT, column="first_name", group="general", max_length=100, ids=("S-21",)),
    _c(key="middle_name", kind=K.TEXT, column="middle_name", group="general", max_length=100, ids=("S-23",)),
    _c(key="last_name", kind=K.TEXT, column="last_name", group="general", max_length=100, ids=("S-22",)),
    _c(key="account", kind=K.ACCOUNT, column="account_id", group="general", in_list=True),
    _c(key="job_title", kind=K.TEXT, column="job_title", group="general", max_length=150, in_list=True),
    _c(key="department", kind=K.TEXT, column="department", group="general", max_length=120),
    _c(key="contact_role", kind=K.TEXT, column="contact_role", group="general", max_length=120),
    _c(key="email", kind=K.EMAIL, column="email", group="communication", max_length=254, in_list=True),
    _c(key="mobile_phone", kind=K.PHONE, column="mobile_phone", group="communication", max_length=60,
       in_list=True),
    _c(key="business_phone", kind=K.PHONE, column="business_phone", group="communication", max_length=60),
    _c(key="country", kind=K.LOOKUP, column="country_id", lookup=Lookup.COUNTRY, group="address"),
    _c(key="city", kind=K.TEXT, column="city", group="address", max_length=120),
    _c(key="address", kind=K.TEXT, column="address", group="address", max_length=400),
    _c(key="description", kind=K.LONG_TEXT, column="description", group="general", max_length=20_000),
    _c(key="owner", kind=K.USER, column="owner_id", group="general", in_list=True),
    _c(key="external_id", kind=K.TEXT, column="external_id", group="general", max_length=120, tag=False),
    _c(key="created_at", kind=K.DATETIME, column="created_at", group="dates", editable=False, sortable=True),
    _a(key="name", kind=K.TEXT, column="name", group="general", max_length=250, required=True, sortable=True,
       in_list=True, ids=("S-12",)),
    _a(key="website", kind=K.URL, column="website", group="communication", max_length=250, in_list=True,
       ids=("S-13",)),
    _a(key="tin", kind=K.TEXT, column="tin", group="general", max_length=12, ids=("S-14",)),
    _a(key="email", kind=K.EMAIL, column="email", group="communication", max_length=254),
    _a(key="phone", kind=K.PHONE, column="phone", group="communication", max_length=60, in_list=True),
    _a(key="industry", kind=K.LOOKUP, column="industry_id", lookup=Lookup.INDUSTRY, group="general",
       in_list=True),
    _a(key="category", kind=K.LOOKUP, column="category_id", lookup=Lookup.CATEGORY, group="general"),
    _a(key="account_type", kind=K.LOOKUP, column="account_type_id", lookup=Lookup.ACCOUNT_TYPE,
       group="general", in_list=True),
    _a(key="employees", kind=K.INTEGER, column="employees", group="general", minimum=0, maximum=10_000_000),
    _a(key="annual_revenue", kind=K.MONEY, column="annual_revenue_minor", group="general", minimum=0),
    _a(key="country", kind=K.LOOKUP, column="country_id", lookup=Lookup.COUNTRY, group="address",
       in_list=True),
    _a(key="city", kind=K.TEXT, column="city", group="address", max_length=120),
    _a(key="address", kind=K.TEXT, column="address", group="address", max_length=400),
    _a(key="is_partner", kind=K.BOOLEAN, column="is_partner", group="general"),
    _a(key="description", kind=K.LONG_TEXT, column="description", group="general", max_length=20_000),
    _a(key="owner", kind=K.USER, column="owner_id", group="general", in_list=True),
    _a(key="external_id", kind=K.TEXT, column="external_id", group="general", max_length=120, tag=False),
    _a(key="created_at", kind=K.DATETIME, column="created_at", group="dates", editable=False, sortable=True),
)  # fmt: skip
