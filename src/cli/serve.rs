//! `postil site serve`: the site as it would be built, made page by page as the browser asks, and made anew when a file
//! of the folder changes.
//!
//! Nothing is written. The server answers this machine alone, and only requests that name it as this machine: a page
//! from elsewhere can't read drafts through a name that it lets lead here (DNS rebinding).

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::mem;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use notify::{Config, Event, EventKind, PollWatcher, RecursiveMode, Watcher};

use super::arguments::SiteServe;
use super::convert::fail;
use super::exit::Exit;
use super::messages;
use super::site::remark;
use crate::convert::decoded;
use crate::error::Error;
use crate::site::{Choices, Finding, Memory, Site};

/// So long nothing has to change before the site is made anew: programs write a file in several steps.
const QUIET: Duration = Duration::from_millis(15);

/// Where something changes all the time, it is made anew after so long.
const RESTLESS: Duration = Duration::from_millis(500);

/// How often a folder is looked at whose changes the system does not tell.
const PAUSE: Duration = Duration::from_secs(1);

/// How long a browser may take for its request.
const PATIENCE: Duration = Duration::from_secs(10);

/// No request has a longer head, in bytes.
const LONGEST: u64 = 16 << 10;

/// Where the browser waits for changes; behind it stands which change the page has seen.
const EVENTS: &str = "/.postil/events?seen=";

/// What there is to be served now.
struct State {
    /// The site, or what is wrong with it.
    site: Result<Arc<Site>, Arc<String>>,
    /// Counts the changes. Every page is told, so that the next one is not missed while it loads.
    version: u64,
}

/// The state, and whoever waits for the next one.
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    port: u16,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs the verb; it ends with the process.
pub(super) fn run(arguments: &SiteServe, mut choices: Choices) -> Exit {
    if let Err(source) = fs::read_dir(&arguments.folder) {
        return fail(&Error::Read { path: arguments.folder.clone(), source }, None);
    }
    let listener = match TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port)) {
        Ok(listener) => listener,
        Err(error) => {
            let message = format!("cannot listen on port {}: {error}", arguments.port);
            messages::error(&message, &["choose another one with --port"]);
            return Exit::Output;
        }
    };
    let port = listener.local_addr().map_or(arguments.port, |address| address.port());
    choices.base_url = Some(format!("http://127.0.0.1:{port}/"));
    let (told, changes) = mpsc::channel();
    // Of changes the system tells the full path.
    let real = fs::canonicalize(&arguments.folder).unwrap_or_else(|_| arguments.folder.clone());
    let watcher = watcher(&real, told);
    if let Err(error) = &watcher {
        messages::line(&format!("changes are not followed: {error}"));
    }
    let mut memory = Memory::default();
    let site = read(&arguments.folder, &choices, &mut memory);
    let remarks = tell(&site, &[]);
    let shared =
        Arc::new(Shared { state: Mutex::new(State { site, version: 1 }), changed: Condvar::new(), port });
    messages::line(&format!("http://127.0.0.1:{port}/ shows {}; Ctrl+C ends it", arguments.folder.display()));
    let watched = Arc::clone(&shared);
    let folder = arguments.folder.clone();
    thread::spawn(move || watch(&folder, &real, &choices, memory, remarks, &changes, &watched));
    for stream in listener.incoming().flatten() {
        let shared = Arc::clone(&shared);
        thread::spawn(move || {
            // A browser that went away is no failure.
            let _ = answer(&stream, &shared);
        });
    }
    Exit::Done
}

/// Reads the site; what is wrong is told, and comes as lines for people.
fn read(folder: &Path, choices: &Choices, memory: &mut Memory) -> Result<Arc<Site>, Arc<String>> {
    let lines = |errors: Vec<Error>| {
        errors.iter().for_each(|error| {
            fail(error, None);
        });
        errors.iter().map(|error| format!("{error}\n")).collect::<String>()
    };
    Site::read(folder, choices, memory).map(Arc::new).map_err(|errors| Arc::new(lines(errors)))
}

/// Tells the remarks on a site that were not told before; returns all.
fn tell(site: &Result<Arc<Site>, Arc<String>>, told: &[Finding]) -> Vec<Finding> {
    let remarks = site.as_ref().map_or_else(|_| told.to_vec(), |site| site.built().remarks);
    remarks.iter().filter(|found| !told.contains(found)).for_each(remark);
    remarks
}

/// Asks the system to tell of changes below a folder; where it can't, the folder is looked at from time to time.
fn watcher(folder: &Path, changes: Sender<notify::Result<Event>>) -> notify::Result<Box<dyn Watcher + Send>> {
    let system = notify::recommended_watcher(changes.clone()).and_then(|mut watcher| {
        watcher.watch(folder, RecursiveMode::Recursive)?;
        Ok(watcher)
    });
    if let Ok(watcher) = system {
        return Ok(Box::new(watcher));
    }
    let mut watcher = PollWatcher::new(changes, Config::default().with_poll_interval(PAUSE))?;
    watcher.watch(folder, RecursiveMode::Recursive)?;
    Ok(Box::new(watcher))
}

/// Makes the site anew whenever a file of the folder has changed; `real` is the folder as the system tells of it.
fn watch(
    folder: &Path,
    real: &Path,
    choices: &Choices,
    mut memory: Memory,
    mut remarks: Vec<Finding>,
    changes: &Receiver<notify::Result<Event>>,
    shared: &Shared,
) {
    let below = |path: &PathBuf| path.strip_prefix(real).unwrap_or(path).to_owned();
    let is_seen = |path: &PathBuf| !path.iter().any(|part| part.to_string_lossy().starts_with('.'));
    // What changed, by its path below the folder; none if anything may have.
    let files = |told: notify::Result<Event>| match told {
        Ok(event) if matches!(event.kind, EventKind::Access(_)) => Some(Vec::new()),
        Ok(event) if event.need_rescan() => None,
        Ok(event) => Some(event.paths.iter().map(below).filter(is_seen).collect()),
        Err(_) => None,
    };
    while let Ok(told) = changes.recv() {
        let mut changed = files(told).map(BTreeSet::from_iter);
        let start = Instant::now();
        while start.elapsed() < RESTLESS
            && let Ok(told) = changes.recv_timeout(QUIET)
        {
            changed = changed.zip(files(told)).map(|(mut changed, more)| {
                changed.extend(more);
                changed
            });
        }
        if changed.as_ref().is_some_and(BTreeSet::is_empty) {
            continue;
        }
        let is_renewed = changed.is_some_and(|files| renew(shared, files, &mut memory));
        let before = (!is_renewed).then(|| {
            let site = read(folder, choices, &mut memory);
            remarks = tell(&site, &remarks);
            mem::replace(&mut shared.state().site, site)
        });
        shared.state().version += 1;
        shared.changed.notify_all();
        drop(before);
    }
}

/// Lets the site follow its articles where they stay in their places; tells whether that was enough.
fn renew(shared: &Shared, files: BTreeSet<PathBuf>, memory: &mut Memory) -> bool {
    let mut state = shared.state();
    // Whoever makes a page of the site has it as it was.
    let site = state.site.as_mut().ok().and_then(Arc::get_mut);
    site.is_some_and(|site| site.renew(files, memory))
}

/// Answers one request, and ends the connection.
fn answer(stream: &TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut head = BufReader::new(stream.take(LONGEST)).lines();
    let request = head.next().transpose()?.unwrap_or_default();
    let mut host = None;
    for line in head {
        let line = line?;
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("host")
        {
            host = Some(value.trim().to_owned());
        }
    }
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if !host.is_some_and(|host| is_this_machine(&host, shared.port)) {
        return send(
            stream,
            "403 Forbidden",
            "text/plain; charset=utf-8",
            b"this server answers its own machine",
            true,
        );
    }
    if !matches!(method, "GET" | "HEAD") {
        return send(stream, "405 Method Not Allowed", "text/plain; charset=utf-8", b"only GET", true);
    }
    if let Some(seen) = target.strip_prefix(EVENTS) {
        return tell_changes(stream, shared, seen.parse().unwrap_or(0));
    }
    let (site, version) = {
        let state = shared.state();
        (state.site.clone(), state.version)
    };
    let (status, kind, mut content) = match site {
        Ok(site) => page(&site, target),
        Err(message) => ("500 Internal Server Error", HTML, error_page(&message)),
    };
    if kind == HTML {
        content.extend_from_slice(follow(version).as_bytes());
    }
    send(stream, status, kind, &content, method == "GET")
}

/// Tells whether a request means this machine by the name it uses for it.
fn is_this_machine(host: &str, port: u16) -> bool {
    // Browsers leave out the port that is usual.
    let names = |name: &&str| host == format!("{name}:{port}") || (port == 80 && *host == **name);
    ["127.0.0.1", "localhost", "[::1]"].iter().any(names)
}

const HTML: &str = "text/html; charset=utf-8";

/// Returns the file that an address means: of the site, and of nothing else.
fn page(site: &Site, target: &str) -> (&'static str, &'static str, Vec<u8>) {
    let path = decoded(target.split(['?', '#']).next().unwrap_or_default());
    let path = path.trim_start_matches('/');
    let name =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let found = match site.file(&name) {
        Ok(None) if !path.is_empty() => site.file(&format!("{}/index.html", path.trim_end_matches('/'))),
        found => found,
    };
    match found {
        Ok(Some(content)) if media_type(&name) == HTML || !name.contains('.') => ("200 OK", HTML, content),
        Ok(Some(content)) => ("200 OK", media_type(&name), content),
        Ok(None) => {
            let page = site.file("404.html").ok().flatten().unwrap_or_default();
            ("404 Not Found", HTML, page)
        }
        Err(error) => {
            fail(&error, None);
            ("500 Internal Server Error", HTML, error_page(&error.to_string()))
        }
    }
}

/// Returns what makes a page that has seen a change wait for the next one.
fn follow(version: u64) -> String {
    format!("<script>new EventSource(\"{EVENTS}{version}\").onmessage = () => location.reload()</script>\n")
}

/// Shows what is wrong in the browser, until it is right.
fn error_page(message: &str) -> Vec<u8> {
    let message = message.replace('&', "&amp;").replace('<', "&lt;");
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\" />\n<title>postil</title>\n\
         <body style=\"font: 1.1rem/1.5 system-ui; margin: 3rem auto; max-width: 50rem; padding: 0 1rem\">\n\
         <h1>The site cannot be made</h1>\n<pre style=\"white-space: pre-wrap\">{message}</pre>\n"
    );
    page.into_bytes()
}

/// Tells a browser that something has changed since a change that its page has seen (Server-Sent Events).
fn tell_changes(mut stream: &TcpStream, shared: &Shared, seen: u64) -> io::Result<()> {
    stream.write_all(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n: here\n\n",
    )?;
    let mut state = shared.state();
    while state.version == seen {
        let (next, waited) =
            shared.changed.wait_timeout(state, PATIENCE).unwrap_or_else(PoisonError::into_inner);
        state = next;
        if waited.timed_out() {
            drop(state);
            // Whoever is gone is found out by this.
            stream.write_all(b": still here\n\n")?;
            state = shared.state();
        }
    }
    drop(state);
    stream.write_all(b"data: changed\n\n")
}

fn send(mut stream: &TcpStream, status: &str, kind: &str, content: &[u8], with_body: bool) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        content.len()
    );
    stream.write_all(head.as_bytes())?;
    if with_body {
        stream.write_all(content)?;
    }
    stream.flush()
}

/// Media types by extension.
const MEDIA_TYPES: &[(&str, &str)] = &[
    ("html", HTML),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("xml", "application/xml"),
    ("txt", "text/plain; charset=utf-8"),
    ("epub", "application/epub+zip"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("ico", "image/x-icon"),
    ("woff2", "font/woff2"),
    ("pdf", "application/pdf"),
];

fn media_type(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let known = MEDIA_TYPES.iter().find(|(known, _)| Some(*known) == extension.as_deref());
    known.map_or("application/octet-stream", |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for (host, expected) in [
            ("127.0.0.1:4000", true),
            ("localhost:4000", true),
            ("[::1]:4000", true),
            ("localhost", false),
            ("localhost:80", false),
            ("harbour.example:4000", false),
            ("127.0.0.1.harbour.example:4000", false),
            ("", false),
        ] {
            assert_eq!(is_this_machine(host, 4000), expected, "{host:?}");
        }
        assert!(is_this_machine("localhost", 80) && !is_this_machine("harbour.example", 80));
    }

    #[test]
    fn files_have_their_types() {
        for (name, expected) in [
            ("a/index.html", HTML),
            ("search/words-0.txt", "text/plain; charset=utf-8"),
            ("A.PNG", "image/png"),
            ("a", "application/octet-stream"),
        ] {
            assert_eq!(media_type(name), expected, "{name:?}");
        }
    }
}
