//! Which JDK of this machine runs Java: the configured one, else `JAVA_HOME`, else the first on the path that will do.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Records, sealed types and pattern matching are in every version from here on.
const VERSION_MIN: u32 = 17;

/// Where to look. The environment is read by the configuration alone.
#[derive(Debug, Clone, Default)]
pub struct JavaPlaces {
    /// `sandbox.java.home`: this one or none.
    pub home: Option<PathBuf>,
    /// `JAVA_HOME`.
    pub java_home: Option<PathBuf>,
    /// The folders of `PATH`.
    pub path: Vec<PathBuf>,
}

/// A JDK that will do.
#[derive(Debug, Clone)]
pub struct Jdk {
    /// Absolute, without links.
    pub home: PathBuf,
    pub version: u32,
    /// Its `release` file: another text is another JDK.
    pub release: String,
}

/// The sentence is for whoever runs the server.
pub fn find(places: &JavaPlaces) -> Result<Jdk, String> {
    if let Some(home) = &places.home {
        return look_at(home).map_err(|reason| format!("sandbox.java.home: {reason}"));
    }
    let mut reasons = vec![];
    if let Some(home) = &places.java_home {
        match look_at(home) {
            Ok(jdk) => return Ok(jdk),
            Err(reason) => reasons.push(format!("JAVA_HOME: {reason}")),
        }
    }
    for folder in &places.path {
        // `javac` is often a link to a link; its real place is `bin` of a JDK.
        let Ok(javac) = folder.join("javac").canonicalize() else {
            continue;
        };
        match javac.parent().and_then(Path::parent).map(look_at) {
            Some(Ok(jdk)) => return Ok(jdk),
            Some(Err(reason)) => reasons.push(reason),
            None => {}
        }
    }
    if reasons.is_empty() {
        return Err(format!(
            "no JDK was found; install one of version {VERSION_MIN} or newer (21 is best), or set sandbox.java.home"
        ));
    }
    Err(reasons.join("; "))
}

fn look_at(home: &Path) -> Result<Jdk, String> {
    let shown = home.display();
    let home = home
        .canonicalize()
        .map_err(|error| format!("{shown}: {error}"))?;
    let release = fs::read_to_string(home.join("release"))
        .map_err(|_| format!("{shown} is no JDK: it has no file `release`"))?;
    let value = |key: &str| {
        let line = release.lines().find_map(|line| line.strip_prefix(key))?;
        Some(line.strip_prefix('=')?.trim_matches('"'))
    };
    let version: u32 = value("JAVA_VERSION")
        .and_then(|version| version.split(['.', '-', '+']).next()?.parse().ok())
        .ok_or_else(|| format!("{shown} does not say which version it is"))?;
    if version < VERSION_MIN {
        return Err(format!(
            "{shown} is Java {version}; {VERSION_MIN} is the oldest that will do"
        ));
    }
    let has = |module: &str| value("MODULES").is_none_or(|all| all.split(' ').any(|m| m == module));
    let tools = ["java", "javac", "jar"];
    if !has("jdk.compiler")
        || tools
            .iter()
            .any(|tool| !home.join("bin").join(tool).exists())
    {
        return Err(format!(
            "{shown} has no compiler: a JDK is needed, not a JRE alone"
        ));
    }
    Ok(Jdk {
        home,
        version,
        release,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jdk(dir: &Path, release: &str, tools: &[&str]) -> PathBuf {
        fs::create_dir_all(dir.join("bin")).unwrap();
        fs::write(dir.join("release"), release).unwrap();
        for tool in tools {
            fs::write(dir.join("bin").join(tool), "").unwrap();
        }
        dir.to_owned()
    }

    #[test]
    fn the_configured_one_then_java_home_then_the_path() {
        let dir = tempfile::tempdir().unwrap();
        let all = ["java", "javac", "jar"];
        let good = "JAVA_VERSION=\"21.0.2\"\nMODULES=\"java.base jdk.compiler\"\n";
        let new = jdk(&dir.path().join("new"), good, &all);
        let old = jdk(&dir.path().join("old"), "JAVA_VERSION=\"11.0.1\"\n", &all);
        let jre = jdk(
            &dir.path().join("jre"),
            "JAVA_VERSION=\"21\"\nMODULES=\"java.base\"\n",
            &["java"],
        );
        let places = |home: Option<&PathBuf>, java_home: Option<&PathBuf>, path: &[&PathBuf]| {
            find(&JavaPlaces {
                home: home.cloned(),
                java_home: java_home.cloned(),
                path: path.iter().map(|home| home.join("bin")).collect(),
            })
            .map(|jdk| jdk.version)
        };
        assert_eq!(places(Some(&new), None, &[]), Ok(21));
        assert_eq!(places(None, Some(&new), &[&old]), Ok(21));
        assert_eq!(places(None, Some(&old), &[&jre, &new]), Ok(21));
        let told = |result: Result<u32, String>| result.unwrap_err();
        assert!(told(places(Some(&old), Some(&new), &[&new])).contains("Java 11"));
        assert!(told(places(Some(&jre), None, &[])).contains("no compiler"));
        assert!(told(places(None, None, &[])).contains("no JDK was found"));
    }
}
