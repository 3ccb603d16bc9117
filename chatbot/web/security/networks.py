"""Which addresses are one client's."""

import ipaddress


def network(address: str) -> str:
    """What one client has of addresses: of IPv4 the address, of IPv6 the /64 in which it may choose (RFC 6177).

    Args:
        address: as the connection has it.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    mapped = getattr(parsed, "ipv4_mapped", None)
    if mapped:
        return str(mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)
