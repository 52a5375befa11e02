package facelake.job;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import facelake.TestSpark;
import facelake.table.LabelIssuesTable;
import facelake.table.Lake;
import facelake.table.MatchesTable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** What a person sees and does on the site, in a browser, from the disk. */
class ReviewSiteIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private static Path temp;
  private static Lake lake;
  private static ChromeDriver browser;

  @BeforeAll
  static void open() throws IOException {
    assumeTrue(
        Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
        "there is no Chromium with its driver; Debian's packages chromium and chromium-driver have"
            + " them");
    Lake shared = AlbumsLake.shared();
    FileUtils.copyDirectory(
        Path.of(URI.create(shared.root())).toFile(), temp.resolve("lake").toFile());
    lake = Lake.at(temp.resolve("lake").toString());
    review();
    LoggingPreferences logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1200,900",
        "--user-data-dir=" + temp.resolve("profile"));
    options.setCapability("goog:loggingPrefs", logging);
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(),
            options);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.quit();
    }
  }

  @BeforeEach
  void forgetDecisions() {
    go("#/");
    browser.executeScript("localStorage.clear()");
    browser.navigate().refresh();
  }

  @Test
  void showsEverySectionWithoutComplaint() {
    for (String section :
        List.of("people", "merges", "labels", "duplicates", "failures", "tags", "decisions")) {
      go("#/" + section);
      WebElement main = wait(By.cssSelector("main h1"));
      assertThat(main.getText()).isNotEmpty();
      assertThat(errors()).as(section).isEmpty();
    }
    go("#/labels");
    wait(By.cssSelector("main img"));
    assertThat(wait(By.cssSelector("main .face")).getAttribute("aria-label"))
        .endsWith(AlbumsLake.HOSTILE);
    assertThat(browser.findElements(By.cssSelector("img[src='x']"))).isEmpty();
    assertThat(shownPictures()).isGreaterThan(0);
  }

  @Test
  void filtersAndSorts() {
    go("#/failures");
    assertThat(rowTexts()).hasSize(2);
    type(wait(By.cssSelector("input.search")), "short");
    new WebDriverWait(browser, PATIENCE).until(driver -> rowTexts().size() == 1);
    assertThat(rowTexts().get(0)).contains("truncated");
  }

  @Test
  void savesWhatIsDecidedByKeysForDedupe() throws IOException {
    go("#/merges?kind=same");
    wait(By.cssSelector("main img"));
    press("d");
    go("#/labels");
    wait(By.cssSelector("main img"));
    press("r");
    browser.navigate().refresh();
    wait(By.cssSelector("main img"));

    Path file = save();
    JsonNode decisions = new ObjectMapper().readTree(file.toFile());
    assertThat(decisions.size()).isEqualTo(2);
    assertThat(decisions.findValuesAsText("decision"))
        .containsExactlyInAnyOrder("different", "same");
    assertThat(decisions.get(0).path("when").asText()).endsWith("Z");

    JsonNode different = decision(decisions, "different");
    new DedupeJob(
            TestSpark.session(),
            DedupeOptions.builder(lake).decisions(file.toString()).build(),
            phase -> {})
        .execute();

    assertThat(errors()).isEmpty();
    assertThat(ruled()).anyMatch(row -> isAbout(row, different));
    assertThat(
            LabelIssuesTable.open(TestSpark.session(), lake)
                .read()
                .where(col(LabelIssuesTable.KIND).equalTo("outlier"))
                .count())
        .isZero();

    // What the lake has now can be taken back, and is not asked again.
    review();
    go("#/decisions");
    browser.navigate().refresh();
    new WebDriverWait(browser, PATIENCE).until(driver -> rowTexts().size() == 2);
    assertThat(rowTexts()).allMatch(text -> text.contains("Take back"));
    press("s");
    assertThat(browser.findElement(By.cssSelector(".bar")).getText()).contains("3 decisions");
    assertThat(errors()).isEmpty();
  }

  private static List<Row> ruled() {
    return MatchesTable.open(TestSpark.session(), lake)
        .read()
        .where(col(MatchesTable.REASON).equalTo("decision"))
        .where(col(MatchesTable.VERDICT).equalTo("different"))
        .collectAsList();
  }

  /** Of labels, or of faces that the pair has. */
  private static boolean isAbout(Row match, JsonNode decision) {
    return decision.has("face_a")
        || decision.path("identity_a").asText().equals(match.getAs(MatchesTable.IDENTITY_A))
        || decision.path("identity_a").asText().equals(match.getAs(MatchesTable.IDENTITY_B));
  }

  private static JsonNode decision(JsonNode decisions, String verdict) {
    for (JsonNode decision : decisions) {
      if (decision.path("decision").asText().equals(verdict)) {
        return decision;
      }
    }
    throw new AssertionError("no decision " + verdict + " in " + decisions);
  }

  private static void review() {
    new ReviewJob(
            TestSpark.session(),
            new ReviewOptions(lake, temp.resolve("site").toString(), 2000, false),
            phase -> {})
        .execute();
  }

  private static void go(String hash) {
    browser.get(temp.resolve("site/index.html").toUri() + hash);
  }

  private static WebElement wait(By what) {
    return new WebDriverWait(browser, PATIENCE).until(driver -> driver.findElement(what));
  }

  private static void press(String key) {
    browser.findElement(By.tagName("body")).sendKeys(key);
  }

  private static void type(WebElement field, String text) {
    field.sendKeys(text, Keys.ENTER);
  }

  private static List<String> rowTexts() {
    wait(By.cssSelector("main h1"));
    List<String> texts = new ArrayList<>();
    browser.findElements(By.cssSelector("main article")).forEach(row -> texts.add(row.getText()));
    return texts;
  }

  private static long shownPictures() {
    return new WebDriverWait(browser, PATIENCE)
        .until(
            driver ->
                (Long)
                    browser.executeScript(
                        "return [...document.querySelectorAll('main img')]"
                            + ".filter((img) => img.complete && img.naturalWidth > 8).length || null"));
  }

  /** Presses the button, and gives the file that the browser downloads. */
  private static Path save() throws IOException {
    Path downloads = Files.createDirectories(temp.resolve("downloads"));
    browser.executeCdpCommand(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", downloads.toString()));
    wait(By.cssSelector(".bar button.main")).click();
    Path file = downloads.resolve("decisions.json");
    new WebDriverWait(browser, PATIENCE).until(driver -> Files.exists(file));
    return file;
  }

  private static List<String> errors() {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }
}
