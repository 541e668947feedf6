import java.io.IOException;
import java.io.PrintStream;
import org.apache.jena.rdf.model.Model;
import org.topbraid.shacl.tools.Validate;
import org.topbraid.shacl.validation.ValidationUtil;

/**
 * Validates data against shapes in TopBraid SHACL: {@code java TopBraid.java SHAPES.nt DATA.nt ...}.
 *
 * Prints a report for each file of data, in N-Triples, each followed by a line of "#".
 */
public class TopBraid {
    public static void main(String[] files) throws Exception {
        PrintStream reports = System.out;
        System.setOut(System.err); // where warnings may go
        for (int at = 1; at < files.length; at++) {
            new Tool().validate(files[0], files[at]).write(reports, "N-TRIPLES");
            reports.println("#");
        }
    }

    /** The command-line tool, which itself reads one file and ends the process. */
    private static class Tool extends Validate {
        Model validate(String shapes, String data) throws IOException, InterruptedException {
            String[] options = {"-shapesfile", shapes, "-datafile", data};
            return ValidationUtil.validateModel(getDataModel(options), getShapesModel(options), false).getModel();
        }
    }
}
