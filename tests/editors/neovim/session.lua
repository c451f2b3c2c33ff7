-- A person in Neovim: opens an app, reads, completes, mends, runs. Prints one fact a line; any failure ends it with status 1.
-- nvim --clean --headless -S session.lua, with PYSTEIN_COMMAND (a Python) and PYSTEIN_WORKSPACE (a folder) in the environment.
local function say(...)
  io.stdout:write(table.concat(vim.tbl_map(tostring, { ... }), "\t") .. "\n")
end

local function ask(buffer, method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 20000)
  assert(answers, "no answer to " .. method)
  for _, answer in pairs(answers) do
    assert(not answer.err, vim.inspect(answer.err))
    return answer.result
  end
  error("no answer to " .. method)
end

-- the app in a buffer and its client: by Neovim's own configuration since 0.11, by hand before
local function open_app()
  local file = vim.env.PYSTEIN_WORKSPACE .. "/function_app.py"
  local command = { vim.env.PYSTEIN_COMMAND, "-m", "pystein_lsp", "--stdio" }
  if vim.lsp.enable then
    vim.cmd("filetype on")
    vim.lsp.config("pystein", { cmd = command, filetypes = { "python" }, root_markers = { "host.json", "function_app.py" } })
    vim.lsp.enable("pystein")
    vim.cmd("edit " .. file)
    assert(vim.wait(20000, function() return #vim.lsp.get_clients({ name = "pystein" }) > 0 end, 10), "it did not start")
    local client = vim.lsp.get_clients({ name = "pystein" })[1]
    assert(client.root_dir == vim.env.PYSTEIN_WORKSPACE, client.root_dir)
    return vim.api.nvim_get_current_buf(), client.id
  end
  vim.cmd("edit " .. file)
  local buffer = vim.api.nvim_get_current_buf()
  local id = (vim.lsp.start_client or vim.lsp.start)({ name = "pystein", cmd = command, root_dir = vim.env.PYSTEIN_WORKSPACE })
  assert(id, "the client did not start")
  vim.lsp.buf_attach_client(buffer, id)
  return buffer, id
end

local function session()
  local messages = {}
  vim.lsp.handlers["window/showMessage"] = function(_, result)
    table.insert(messages, result.message)
  end
  local buffer, id = open_app()

  assert(vim.wait(20000, function() return #vim.diagnostic.get(buffer) > 0 end, 10), "no diagnostics")
  for _, found in ipairs(vim.diagnostic.get(buffer)) do
    say("diagnostic", found.source, found.code, found.lnum + 1)
  end

  local document = vim.lsp.util.make_text_document_params(buffer)
  for _, lens in ipairs(ask(buffer, "textDocument/codeLens", { textDocument = document })) do
    lens = ask(buffer, "codeLens/resolve", lens)
    say("lens", lens.command.title)
  end
  local at = { textDocument = document, position = { line = 10, character = 19 } }
  local items = ask(buffer, "textDocument/completion", at)
  for _, item in ipairs(items.items or items) do
    say("completion", item.label)
  end
  local hover = ask(buffer, "textDocument/hover", { textDocument = document, position = { line = 10, character = 8 } })
  say("hover", hover.contents.kind)

  -- an item of a completion, put into the text by the editor
  local last = vim.api.nvim_buf_line_count(buffer)
  vim.api.nvim_buf_set_lines(buffer, -1, -1, false, { "@app.timer_tri" })
  local behind = { textDocument = document, position = { line = last, character = 14 } }
  local offered = ask(buffer, "textDocument/completion", behind)
  for _, item in ipairs(offered.items or offered) do
    if item.label == "timer_trigger" then
      vim.lsp.util.apply_text_edits({ item.textEdit }, buffer, "utf-16")
    end
  end
  say("completed", (vim.api.nvim_buf_get_lines(buffer, last, last + 1, false)[1]:gsub("%(.*", "")))
  vim.api.nvim_buf_set_lines(buffer, last, -1, false, {})

  -- the quick fix, made by the editor
  local mistake = vim.tbl_filter(function(found) return found.code == "arg-name-mismatch" end, vim.diagnostic.get(buffer))[1]
  local place = { line = mistake.lnum, character = mistake.col }
  local actions = ask(buffer, "textDocument/codeAction", {
    textDocument = document,
    range = { start = place, ["end"] = place },
    context = { diagnostics = {}, only = { "quickfix" } },
  })
  for _, action in ipairs(actions) do
    if action.isPreferred then
      say("fix", action.title)
      vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
      break
    end
  end
  assert(vim.wait(20000, function() return #vim.diagnostic.get(buffer) == 0 end, 10), "the diagnostics stayed")
  say("mended")
  vim.cmd("silent write") -- what runs is what is saved

  local result = ask(buffer, "workspace/executeCommand", {
    command = "pystein.run",
    arguments = { { uri = document.uri, ["function"] = "hello" } },
  })
  say("run", result.status, result["return"].body)
  assert(vim.wait(20000, function() return #messages > 0 end, 10), "no message")
  say("message", (messages[1]:gsub(" in .*", "")))

  if vim.lsp.enable then vim.lsp.get_client_by_id(id):stop() else vim.lsp.stop_client(id) end
  assert(vim.wait(20000, function() return vim.lsp.get_client_by_id(id) == nil end, 10), "the server did not stop")
  say("stopped")
end

local ok, err = xpcall(session, debug.traceback)
if not ok then
  io.stderr:write(err .. "\n")
  vim.cmd("cquit 1")
end
vim.cmd("qall!")
