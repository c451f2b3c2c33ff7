;;; lsp_mode.el --- The same person with lsp-mode, which shows lenses too.  -*- lexical-binding: t -*-
;; emacs -Q --batch -l lsp_mode.el, with PYSTEIN_COMMAND (a Python) and PYSTEIN_WORKSPACE (a folder) in the environment.
;; Prints one fact a line; any failure ends it with a status that is not 0.
(dolist (dir (append (file-expand-wildcards "/usr/share/emacs/site-lisp/elpa/*" t)
                     (file-expand-wildcards "/usr/share/emacs/site-lisp/elpa-src/*" t)))
  (add-to-list 'load-path dir))
(setq lsp-session-file (make-temp-name "/tmp/lsp-session-")
      lsp-auto-guess-root t
      lsp-enable-file-watchers nil
      lsp-warn-no-matched-clients nil
      lsp-idle-delay 0.05
      lsp-response-timeout 20)
(require 'lsp-mode)
(require 'lsp-lens)

(defun say (&rest parts)
  (princ (concat (mapconcat (lambda (part) (format "%s" part)) parts "\t") "\n")))

(defun until (what probe)
  (let ((end (+ (float-time) 20)) value)
    (while (and (not (setq value (funcall probe))) (< (float-time) end))
      (accept-process-output nil 0.02))
    (or value (error "Timed out: %s" what))))

(lsp-register-client
 (make-lsp-client :new-connection (lsp-stdio-connection (list (getenv "PYSTEIN_COMMAND") "-m" "pystein_lsp" "--stdio"))
                  :activation-fn (lsp-activate-on "python")
                  :add-on? t
                  :server-id 'pystein))
(lsp-workspace-folders-add (getenv "PYSTEIN_WORKSPACE"))

(find-file (concat (getenv "PYSTEIN_WORKSPACE") "/function_app.py"))
(lsp)
(until "a connection" (lambda () (seq-find (lambda (workspace) (eq 'initialized (lsp--workspace-status workspace)))
                                           (lsp-workspaces))))
(say "connected" (mapconcat (lambda (workspace) (format "%s" (lsp--workspace-server-id workspace))) (lsp-workspaces) " "))

(defun mistakes ()
  (gethash (lsp--fix-path-casing buffer-file-name) (lsp-diagnostics)))
(until "diagnostics" #'mistakes)
(dolist (found (mistakes))
  (say "diagnostic" (lsp-get found :code) (1+ (lsp-get (lsp-get (lsp-get found :range) :start) :line))))

(dolist (lens (append (lsp-request "textDocument/codeLens" (list :textDocument (lsp--text-document-identifier))) nil))
  (let ((resolved (if (lsp-get lens :command) lens (lsp-request "codeLens/resolve" lens))))
    (say "lens" (lsp-get (lsp-get resolved :command) :title))))

(let* ((mistake (seq-find (lambda (found) (equal "arg-name-mismatch" (lsp-get found :code))) (mistakes)))
       (actions (lsp-request "textDocument/codeAction"
                             (list :textDocument (lsp--text-document-identifier)
                                   :range (lsp-get mistake :range)
                                   :context (list :diagnostics [] :only ["quickfix"]))))
       (fix (seq-find (lambda (action) (lsp-get action :edit)) actions)))
  (say "fix" (lsp-get fix :title))
  (lsp--apply-workspace-edit (lsp-get fix :edit)))
(until "mended" (lambda () (null (mistakes))))
(say "mended")
(save-buffer) ; what runs is what is saved

(let ((result (lsp-request "workspace/executeCommand"
                           (list :command "pystein.run"
                                 :arguments (vector (list :uri (lsp--buffer-uri) :function "hello"))))))
  (say "run" (lsp-get result :status) (lsp-get (lsp-get result :return) :body)))

(let ((workspace (car (lsp-workspaces))))
  (setq lsp-restart 'ignore)
  (lsp-workspace-shutdown workspace)
  (until "the end" (lambda () (not (process-live-p (lsp--workspace-proc workspace))))))
(say "stopped")
;;; lsp_mode.el ends here
