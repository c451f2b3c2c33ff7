;;; session.el --- A person in Emacs: opens an app, reads, completes, mends, runs.  -*- lexical-binding: t -*-
;; emacs -Q --batch -l session.el, with PYSTEIN_COMMAND (a Python) and PYSTEIN_WORKSPACE (a folder) in the environment.
;; Prints one fact a line; any failure ends it with a status that is not 0.
(unless (locate-library "eglot")
  (dolist (dir (append (file-expand-wildcards "/usr/share/emacs/site-lisp/elpa/*" t)
                       (file-expand-wildcards "/usr/share/emacs/site-lisp/elpa-src/*" t)))
    (add-to-list 'load-path dir)))
(require 'eglot)

(defun say (&rest parts)
  (princ (concat (mapconcat (lambda (part) (format "%s" part)) parts "\t") "\n")))

(defun until (what probe)
  (let ((end (+ (float-time) 20)) value)
    (while (and (not (setq value (funcall probe))) (< (float-time) end))
      (accept-process-output nil 0.02))
    (or value (error "Timed out: %s" what))))

(setq eglot-sync-connect t
      eglot-connect-timeout 20
      project-find-functions
      (list (lambda (_) (cons 'transient (file-name-as-directory (getenv "PYSTEIN_WORKSPACE")))))
      flymake-no-changes-timeout 0.05
      eglot-send-changes-idle-time 0.05)
(add-to-list 'eglot-server-programs (list 'python-mode (getenv "PYSTEIN_COMMAND") "-m" "pystein_lsp" "--stdio"))

(find-file (concat (getenv "PYSTEIN_WORKSPACE") "/function_app.py"))
(apply #'eglot (eglot--guess-contact))
(say "connected" (plist-get (eglot--server-info (eglot-current-server)) :name))

(until "diagnostics" (lambda () (flymake-start) (flymake-diagnostics)))
(dolist (found (flymake-diagnostics))
  (say "diagnostic" (line-number-at-pos (flymake-diagnostic-beg found))))

(goto-char (point-min))
(search-forward "@app.queue_trigger(")
(dolist (item (all-completions "" (nth 2 (eglot-completion-at-point))))
  (say "completion" (substring-no-properties item)))

;; eglot shows no lenses: the code action is their twin
(goto-char (point-min))
(search-forward "def hello")
(dolist (action (append (jsonrpc-request (eglot-current-server) :textDocument/codeAction
                                         (list :textDocument (eglot--TextDocumentIdentifier)
                                               :range (list :start (eglot--pos-to-lsp-position)
                                                            :end (eglot--pos-to-lsp-position))
                                               :context (list :diagnostics [])))
                        nil))
  (say "action" (plist-get action :title)))

;; completion as a user takes it: into the buffer
(goto-char (point-max))
(insert "@app.timer_tri")
(eglot--signal-textDocument/didChange)
(completion-at-point)
(say "completed" (car (split-string (buffer-substring-no-properties (line-beginning-position) (point-max)) "(")))
(delete-region (line-beginning-position) (point-max))
(eglot--signal-textDocument/didChange)

;; the quick fix, made by the editor
(let* ((mistake (seq-find (lambda (found) (= 11 (line-number-at-pos (flymake-diagnostic-beg found)))) (flymake-diagnostics)))
       (place (save-excursion (goto-char (flymake-diagnostic-beg mistake)) (eglot--pos-to-lsp-position)))
       (actions (append (jsonrpc-request (eglot-current-server) :textDocument/codeAction
                                         (list :textDocument (eglot--TextDocumentIdentifier)
                                               :range (list :start place :end place)
                                               :context (list :diagnostics [] :only ["quickfix"])))
                        nil))
       (fix (seq-find (lambda (action) (plist-get action :edit)) actions)))
  (say "fix" (plist-get fix :title))
  (apply #'eglot--apply-workspace-edit (plist-get fix :edit)
         (and (> (cdr (func-arity #'eglot--apply-workspace-edit)) 1) (list nil))))
(until "mended" (lambda () (eglot--signal-textDocument/didChange) (flymake-start) (null (flymake-diagnostics))))
(say "mended")
(save-buffer) ; what runs is what is saved

(let ((result (jsonrpc-request (eglot-current-server) :workspace/executeCommand
                               (list :command "pystein.run"
                                     :arguments (vector (list :uri (plist-get (eglot--TextDocumentIdentifier) :uri)
                                                              :function "hello")))
                               :timeout 30)))
  (say "run" (plist-get result :status) (plist-get (plist-get result :return) :body)))

(eglot-shutdown (eglot-current-server))
(say "stopped")
;;; session.el ends here
