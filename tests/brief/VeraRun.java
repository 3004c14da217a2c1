import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;

/** Judges PDF files by veraPDF. Usage: VeraRun ua1[,3a] FILE.pdf ... ; one verdict a line, then its failed rules. */
public class VeraRun {
  public static void main(String[] words) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    boolean allPass = true;
    for (String name : words[0].split(",")) {
      for (int place = 1; place < words.length; place++) allPass &= judge(name, words[place]);
    }
    System.exit(allPass ? 0 : 1);
  }

  static boolean judge(String name, String path) {
    String file = name.startsWith("ua") ? "PDFUA-" + name.substring(2) : "PDFA-" + name.toUpperCase();
    String resource = "org/verapdf/pdfa/validation/" + file + ".xml";
    PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(path), flavour)) {
      ValidationProfile profile =
          Profiles.profileFromXml(VeraRun.class.getClassLoader().getResourceAsStream(resource));
      PDFAValidator validator = ValidatorFactory.createValidator(profile, false);
      ValidationResult result = validator.validate(parser);
      Map<String, String> failed = new TreeMap<>();
      for (TestAssertion assertion : result.getTestAssertions()) {
        if (assertion.getStatus() != TestAssertion.Status.FAILED) continue;
        String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
        failed.putIfAbsent(rule, assertion.getMessage() + " @ " + assertion.getLocation().getContext());
      }
      System.out.printf("%s %s %s%n", result.isCompliant() ? "PASS" : "FAIL", name, path);
      failed.forEach((rule, why) -> System.out.printf("  %s %s%n", rule, why));
      return result.isCompliant();
    } catch (Throwable fault) {
      System.out.printf("ERROR %s %s %s%n", name, path, fault);
      return false;
    }
  }
}
