"""The address policy: nothing private or special-purpose unless the config names it exactly."""

import asyncio
import socket

import pytest

from audit.crawl.address import AddressPolicy, BlockedAddressError, CheckedResolver, is_public
from audit.urls import host_port

# First and last addresses of the IANA special-purpose registries, and what clouds answer on.
SPECIAL = (
    "0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 100.100.100.200 "
    "127.0.0.1 127.255.255.255 169.254.0.1 169.254.169.254 172.16.0.0 172.31.255.255 192.0.0.1 "
    "192.0.0.170 192.0.2.1 192.88.99.1 192.168.0.0 192.168.255.255 198.18.0.0 198.19.255.255 "
    "198.51.100.7 203.0.113.255 224.0.0.1 239.255.255.255 240.0.0.0 255.255.255.255 "
    ":: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1 "
    "2001:db8::1 2002:7f00:1:: 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1"
).split()
PUBLIC = (
    "1.1.1.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1 "
    "172.15.255.255 172.32.0.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255 "
    "2001:200::1 2400:3200::1 2606:4700::1111 64:ff9b::101:101"
).split()


@pytest.mark.parametrize("address", SPECIAL)
def test_a_special_purpose_address_is_not_public(address: str) -> None:
    assert is_public(address) is False


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_beside_the_special_ranges_is_public(address: str) -> None:
    assert is_public(address) is True


def test_what_is_no_address_is_not_public() -> None:
    assert is_public("www.example.gov.cn") is False


def test_the_config_opens_exactly_one_port() -> None:
    policy = AddressPolicy(frozenset({"127.0.0.1:8701"}))

    policy.check("127.0.0.1", 8701)
    for address, port in (("127.0.0.1", 8702), ("127.0.0.2", 8701), ("::1", 8701)):
        with pytest.raises(BlockedAddressError):
            policy.check(address, port)


def test_the_config_names_an_ipv6_address_in_brackets() -> None:
    AddressPolicy(frozenset({"[::1]:80"})).check("::1", 80)


def test_an_ipv4_mapped_address_is_not_the_allowed_ipv4_address() -> None:
    policy = AddressPolicy(frozenset({"127.0.0.1:80"}))

    with pytest.raises(BlockedAddressError):
        policy.check("::ffff:7f00:1", 80)


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433:81/",
        "http://0x7f.1:81/",
        "http://0177.0.0.1:81/",
        "http://127.1:81/",
        "http://①②⑦.0.0.1:81/",
        "http:\\\\127.0.0.1:81\\x",
        "http://www.example.gov.cn@127.0.0.1:81/",
    ],
)
def test_odd_spellings_of_loopback_are_normalised_before_the_check(url: str) -> None:
    host, _, port = host_port(url).rpartition(":")

    assert (host, port) == ("127.0.0.1", "81")
    with pytest.raises(BlockedAddressError):
        AddressPolicy(frozenset({"127.0.0.1:80"})).check_literal(host, int(port))


def test_one_bad_address_blocks_the_name() -> None:
    policy = AddressPolicy(frozenset())

    policy.check_name("good.example", 80, ("1.1.1.1", "2606:4700::1111"))
    with pytest.raises(BlockedAddressError):
        policy.check_name("mixed.example", 80, ("1.1.1.1", "10.0.0.1"))


def test_a_name_in_the_config_may_be_private_but_never_link_local_or_metadata() -> None:
    policy = AddressPolicy(frozenset({"intranet.example:80"}))

    policy.check_name("intranet.example", 80, ("10.0.0.1",))
    for address in ("169.254.169.254", "100.100.100.200", "fe80::1"):
        with pytest.raises(BlockedAddressError):
            policy.check_name("intranet.example", 80, (address,))


def test_an_address_of_an_allowed_name_is_not_open_on_other_ports() -> None:
    policy = AddressPolicy(frozenset({"intranet.example:80"}))
    policy.check_name("intranet.example", 80, ("10.0.0.1",))

    with pytest.raises(BlockedAddressError):
        policy.check("10.0.0.1", 81)


def test_the_socket_is_refused_for_a_blocked_final_address() -> None:
    policy = AddressPolicy(frozenset({"127.0.0.1:80"}))
    info = (socket.AF_INET, socket.SOCK_STREAM, 0, "")

    policy.open_socket((*info, ("127.0.0.1", 80))).close()
    with pytest.raises(BlockedAddressError):
        policy.open_socket((*info, ("127.0.0.1", 81)))


async def test_a_name_that_resolves_to_loopback_is_refused_by_the_resolver() -> None:
    resolver = CheckedResolver(AddressPolicy(frozenset({"127.0.0.1:80"})))

    with pytest.raises(BlockedAddressError):
        await resolver.resolve("localhost", 81)
    await resolver.close()


async def test_a_rebound_name_is_checked_at_each_resolution(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = iter(["127.0.0.2", "127.0.0.1"])

    async def getaddrinfo(host: str, port: int, **_: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo)
    resolver = CheckedResolver(AddressPolicy(frozenset({"127.0.0.2:80"})))

    first = await resolver.resolve("rebound.example", 80)
    assert [entry["host"] for entry in first] == ["127.0.0.2"]
    with pytest.raises(BlockedAddressError):
        await resolver.resolve("rebound.example", 80)
