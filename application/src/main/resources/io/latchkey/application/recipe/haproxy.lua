-- Asks Latchkey whether a request may pass. From `latchkey config haproxy-lua`; for `latchkey config haproxy`.
--
-- Sets the variable txn.latchkey_status, and for an accepted request txn.latchkey_passes and the variables of the token.
-- After any failure they are not set, and the configuration forwards nothing.

-- Each configuration names this script; once is enough.
if latchkey_is_loaded then
    return
end
latchkey_is_loaded = true

-- All values of a header, since a repeated header is refused.
local function values(headers, name)
    local all = {}
    for i = 0, 7 do
        local value = headers[name] and headers[name][i]
        if value then
            all[#all + 1] = value
        end
    end
    return all
end

core.register_action("latchkey", { "http-req" }, function(txn, address, frontend, question)
    -- Only the credential, the address of the client and what it asks for: no body or cookies.
    local received = txn.http:req_get_headers()
    local headers = {
        host = { frontend },
        ["x-forwarded-for"] = { txn.f:src() },
        ["x-forwarded-method"] = { txn.f:method() },
        ["x-forwarded-host"] = values(received, "host"),
        -- As the service gets it. HAProxy keeps a URL in the first line of HTTP/1, whatever version that line names, and makes
        -- one of a path in HTTP/2.
        ["x-forwarded-uri"] = { txn.f:fc_http_major() == 1 and txn.f:url() or txn.f:pathq() },
    }
    if txn:get_var("txn.websocket") then
        headers["x-forwarded-upgrade"] = { "websocket" }
    end
    local credential = values(received, "authorization")
    if #credential > 0 then
        headers.authorization = credential
    end
    local answer = core.httpclient():get({ url = "http://latchkey" .. question, dst = address, headers = headers, timeout = 3000 })
    -- In some versions, HAProxy's client may have asked another server.
    if values(answer.headers or {}, "x-latchkey-frontend")[1] ~= frontend then
        return
    end
    txn:set_var("txn.latchkey_status", answer.status)
    txn:set_var("txn.latchkey_challenge", values(answer.headers, "www-authenticate")[1] or "")
    if (answer.status == 200 or answer.status == 204) and (values(answer.headers, "x-token-id")[1] or "") ~= "" then
        for _, name in ipairs({ "id", "name", "kind", "expires" }) do
            txn:set_var("txn.latchkey_" .. name, values(answer.headers, "x-token-" .. name)[1] or "")
        end
        txn:set_var("txn.latchkey_passes", true)
    end
end, 3)
