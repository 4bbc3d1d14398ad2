"""Sign-in as plain form posts: only a full response can set a cookie that no script can read."""

from typing import Annotated
from urllib.parse import quote, urlencode, urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, RedirectResponse, Response

from leadhub import routes
from leadhub.api.current import address_of
from leadhub.api.problems import problem_of, status_of
from leadhub.domain.errors import LeadhubError, NotPermitted
from leadhub.domain.sessions import SESSION_COOKIE, hash_session_token
from leadhub.queries.actors import find_actor, forget_actors
from leadhub.services.sessions.sign_in import sign_in, sign_in_as_demo
from leadhub.services.sessions.sign_out import sign_out
from leadhub.services.shared.web_sessions import NewSession
from leadhub.services.users.accept_link import accept_link
from leadhub.settings import get_settings

router = APIRouter(prefix="/auth", include_in_schema=False)
Text = Annotated[str, Form(max_length=2000)]


@router.post("/sign-in")
async def post_sign_in(request: Request, email: Text = "", password: Text = "", next: Text = "") -> Response:
    try:
        _refuse_foreign_pages(request)
        opened = await run_in_threadpool(sign_in, email, password, **_client(request))
    except LeadhubError as error:
        return _refused(request, error, routes.SIGN_IN, next=next)
    return _welcome(request, opened, next)


@router.post("/demo")
async def post_demo(request: Request, user_id: Text = "", next: Text = "") -> Response:
    try:
        _refuse_foreign_pages(request)
        wanted = int(user_id) if user_id.isdecimal() else 0
        opened = await run_in_threadpool(sign_in_as_demo, wanted, **_client(request))
    except LeadhubError as error:
        return _refused(request, error, routes.SIGN_IN, next=next)
    return _welcome(request, opened, next)


@router.post("/accept")
async def post_accept(
    request: Request, token: Text = "", password: Text = "", name: Text = "", email: Text = ""
) -> Response:
    try:
        _refuse_foreign_pages(request)
        opened = await run_in_threadpool(
            accept_link, token, password=password, name=name, email=email, **_client(request)
        )
    except LeadhubError as error:
        return _refused(request, error, routes.accept_url(token or "-"))
    return _welcome(request, opened, routes.HOME)


@router.post("/sign-out")
async def post_sign_out(request: Request) -> Response:
    try:
        _refuse_foreign_pages(request)
    except LeadhubError as error:
        return _refused(request, error, routes.HOME)
    token = request.cookies.get(SESSION_COOKIE, "")
    actor = await run_in_threadpool(find_actor, hash_session_token(token))
    if actor is not None:
        await run_in_threadpool(sign_out, hash_session_token(token), actor=actor)
        forget_actors()
    answer = RedirectResponse(routes.SIGN_IN, 303)
    answer.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="lax", secure=_is_secure())
    return answer


def _refuse_foreign_pages(request: Request) -> None:
    """SameSite=Lax keeps the cookie from a foreign post, not a sign-in under somebody else's name."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    hosts = {request.headers.get("host"), urlsplit(get_settings().public_url).netloc} - {"", None}
    if site not in ("same-origin", "none") or (origin is not None and urlsplit(origin).netloc not in hosts):
        raise NotPermitted("people.foreign_page")


def _client(request: Request) -> dict[str, str]:
    return {"address": address_of(request), "user_agent": request.headers.get("user-agent", "")}


def _welcome(request: Request, opened: NewSession, next_path: str) -> Response:
    target = routes.local_path(next_path)
    answer: Response = RedirectResponse(target, 303)
    if _wants_json(request):
        answer = JSONResponse({"location": target})
    answer.set_cookie(
        SESSION_COOKIE,
        opened.token,
        max_age=get_settings().session_days * 86400,
        path="/",
        httponly=True,
        samesite="lax",
        secure=_is_secure(),
    )
    # What somebody types is read in the time zone of their profile, so the browser must show that one too.
    answer.set_cookie(
        "leadhub_tz",
        quote(opened.time_zone, safe=""),
        max_age=31_536_000,
        path="/",
        samesite="lax",
        secure=_is_secure(),
    )
    return answer


def _refused(request: Request, error: LeadhubError, path: str, *, next: str = "") -> Response:
    if isinstance(error, NotPermitted) or _wants_json(request):
        return JSONResponse(problem_of(error), status_of(error), media_type="application/problem+json")
    key = "people.email_taken_unnamed" if error.key == "people.email_taken" else error.key
    told = {"error": key, **{k: v for k, v in error.params.items() if isinstance(v, int)}}
    if next and routes.local_path(next) == next:
        told["next"] = next
    return RedirectResponse(f"{path}?{urlencode(told)}", 303)


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _is_secure() -> bool:
    return get_settings().public_url.startswith("https:")
