from leadhub.domain.process.shipped.customer import BANK_CUSTOMER_LEAD, CUSTOMER_LEAD
from leadhub.domain.process.shipped.opportunity import CORPORATE_SALE
from leadhub.domain.process.shipped.partner import PARTNER_LEAD
from leadhub.domain.process.shipped.service import SERVICE_LEAD

SHIPPED_PROCESSES = (CUSTOMER_LEAD, BANK_CUSTOMER_LEAD, SERVICE_LEAD, PARTNER_LEAD, CORPORATE_SALE)

__all__ = [
    "BANK_CUSTOMER_LEAD",
    "CORPORATE_SALE",
    "CUSTOMER_LEAD",
    "PARTNER_LEAD",
    "SERVICE_LEAD",
    "SHIPPED_PROCESSES",
]
