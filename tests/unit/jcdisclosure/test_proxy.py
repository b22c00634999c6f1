import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from jcdisclosure.proxy import ForwardedAddressMiddleware


@pytest.mark.parametrize(
    ("forwarded", "expected"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("1.2.3.4, 203.0.113.9", "203.0.113.9"),
        ("", "10.0.0.1"),
        ("203.0.113.9:50112", "203.0.113.9"),
        ("2001:db8::7", "2001:db8::7"),
        ("[2001:db8::7]:50112", "2001:db8::7"),
        ("203.0.113.9, unknown", "10.0.0.1"),
        ("x" * 300, "10.0.0.1"),
    ],
)
def test_address_is_the_one_our_own_proxy_saw(forwarded, expected):
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    seen = []

    def view(request):
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    ForwardedAddressMiddleware(view)(request)

    assert seen == [expected]
