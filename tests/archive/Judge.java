import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorDetails;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Judges PDF files by the engine of veraPDF: arguments are a flavour (3a, ua1) and files, in turns.
 *
 * For each pair one line: the clauses that failed, sorted, or nothing. The jar it runs with has the
 * engine and the rules as XML but no reader for them (JAXB), so they are read here.
 */
public class Judge {
    public static void main(String[] pairs) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        for (int at = 0; at + 1 < pairs.length; at += 2) {
            System.out.println(String.join(" ", failures(PDFAFlavour.fromString(pairs[at]), new File(pairs[at + 1]))));
        }
    }

    private static Set<String> failures(PDFAFlavour flavour, File file) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour)) {
            ValidationResult result = Foundries.defaultInstance()
                .createValidator(rulesOf(flavour), 1000, false, true, false).validate(parser);
            Set<String> clauses = new TreeSet<>();
            for (TestAssertion each : result.getTestAssertions()) {
                if (each.getStatus() == TestAssertion.Status.FAILED) {
                    clauses.add(each.getRuleId().getClause() + "/" + each.getRuleId().getTestNumber());
                }
            }
            if (!result.isCompliant() && clauses.isEmpty()) {
                clauses.add("not-compliant");
            }
            return clauses;
        }
    }

    private static ValidationProfile rulesOf(PDFAFlavour flavour) throws Exception {
        String name = flavour.name().equals("PDFUA_1") ? "PDFUA-1"
            : "PDFA-" + flavour.getPart().getPartNumber() + flavour.getLevel().getCode().toUpperCase();
        Element root;
        try (InputStream xml = Judge.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml).getDocumentElement();
        }
        Set<Rule> rules = new HashSet<>();
        for (Element rule : below(root, "rule")) {
            Element id = below(rule, "id").get(0);
            ErrorDetails words = Profiles.errorFromValues(words(rule, "message"), Collections.emptyList());
            rules.add(Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(
                    PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                    id.getAttribute("clause"),
                    Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"),
                rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
                rule.hasAttribute("tags") ? rule.getAttribute("tags") : null,
                words(rule, "description"), words(rule, "test"), words, Collections.emptyList()));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element each : below(root, "variable")) {
            variables.add(Profiles.variableFromValues(
                each.getAttribute("name"), each.getAttribute("object"),
                words(each, "defaultValue"), words(each, "value")));
        }
        return Profiles.profileFromValues(
            flavour, Profiles.profileDetailsFromValues(name, "", "", new Date(0)), "", rules, variables);
    }

    private static List<Element> below(Element parent, String tag) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getElementsByTagName(tag);
        for (int at = 0; at < nodes.getLength(); at++) {
            found.add((Element) nodes.item(at));
        }
        return found;
    }

    private static String words(Element parent, String tag) {
        List<Element> found = below(parent, tag);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
