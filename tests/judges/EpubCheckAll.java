import com.adobe.epubcheck.tool.EpubChecker;

/** Checks many EPUBs in one virtual machine; a warning counts as a failure. */
public class EpubCheckAll {
  public static void main(String[] paths) {
    int failed = 0;
    for (String path : paths) {
      int code = new EpubChecker().run(new String[] {path, "--failonwarnings", "--quiet", "--locale", "en"});
      if (code != 0) {
        failed++;
        System.out.println("failed: " + path);
      }
    }
    System.out.println(paths.length + " checked, " + failed + " failed");
    System.exit(failed == 0 ? 0 : 1);
  }
}
