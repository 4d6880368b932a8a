# Varnish in front of the newsroom: keeps pages until the site says what has changed, and forgets those that show it.
# Copy to /etc/varnish/default.vcl and put your names in. For Debian 12: apt-get install varnish varnish-modules
# On the site: CACHES_IN_FRONT=varnish://127.0.0.1:6081. See docs/operators/in-front.md.
vcl 4.1;

import std;
import xkey;

backend default {
    .host = "127.0.0.1";
    .port = "8000";
    .connect_timeout = 2s;
    .first_byte_timeout = 30s;
    .probe = {
        .request =
            "GET /health/ HTTP/1.1"
            "Host: news.example.org"
            "X-Forwarded-Proto: https"
            "Connection: close";
        .interval = 2s;
        .timeout = 2s;
        .window = 3;
        .threshold = 2;
        .initial = 2;
    }
}

# Who may say that something has changed.
acl site {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        if (client.ip !~ site) {
            return (synth(403));
        }
        set req.http.gone = xkey.purge(req.http.xkey);
        return (synth(200, "Forgotten: " + req.http.gone));
    }
    if (std.healthy(req.backend_hint)) {
        set req.grace = 1s;
    }
    # Whoever works at the desk is served by the site alone; other cookies matter to nobody.
    if (req.http.Authorization || req.http.Cookie ~ "(^|;)\s*((__Host-)?desk(-csrf)?|messages)=") {
        return (pass);
    }
    unset req.http.Cookie;
}

sub vcl_backend_response {
    if (beresp.http.Surrogate-Control ~ "max-age=[0-9]+") {
        set beresp.ttl = std.duration(regsub(beresp.http.Surrogate-Control, "^.*max-age=([0-9]+).*$", "\1s"), 1s);
    }
    if (bereq.is_bgfetch && beresp.status >= 500) {
        return (abandon);
    }
    # For as long as the site is down, a page that has grown old is better than none.
    set beresp.grace = 1d;
    set beresp.keep = 1d;
}

sub vcl_deliver {
    if (req.method != "PURGE") {
        unset resp.http.xkey;
        unset resp.http.Surrogate-Control;
    }
    if (obj.hits > 0) {
        set resp.http.X-Cache = "HIT";
    } else {
        set resp.http.X-Cache = "MISS";
    }
}
