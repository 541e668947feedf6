import java.io.PrintStream;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.shacl.Imports;
import org.apache.jena.shacl.ShaclValidator;

/**
 * Validates data against shapes in Apache Jena: {@code java Jena.java SHAPES.nt DATA.nt ...}.
 *
 * Prints a report for each file of data, in N-Triples, each followed by a line of "#".
 */
public class Jena {
    public static void main(String[] files) {
        PrintStream reports = System.out;
        System.setOut(System.err); // where warnings may go
        ShaclValidator validator = ShaclValidator.get();
        for (int at = 1; at < files.length; at++) {
            var shapes = Imports.withImports(files[0], RDFDataMgr.loadGraph(files[0])); // as its command does
            var report = validator.validate(shapes, RDFDataMgr.loadGraph(files[at]));
            RDFDataMgr.write(reports, report.getGraph(), Lang.NTRIPLES);
            reports.println("#");
        }
    }
}
